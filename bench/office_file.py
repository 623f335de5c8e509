"""An office file for a bench: one room and one wall, and counters that serve what the bench says."""

import json
from collections.abc import Sequence

SERVICES = ("ausweis", "meldung", "kfz", "urkunden", "soziales")
"""The sample's five."""


def office_file(id: str, counters: Sequence[Sequence[str]]) -> str:
    """`counters`: the services of each. There are no printing devices and no hours, so nothing happens by itself."""
    head = f"""[office]
id = "{id}"
name = "{id}"
[policy]
arrival = "pressed"
[[zones]]
id = "hall"
names = {{ de = "Halle" }}
[[displays]]
id = "hall"
name = "Halle"
zones = ["hall"]
public = true
"""
    services = [
        f'[[services]]\nid = "{name}"\nnames = {{ de = "{name}" }}\nletter = "{name[0].upper()}"\n' for name in SERVICES
    ]
    places = [
        f'[[counters]]\nid = "{n}"\nzone = "hall"\nservices = {json.dumps(list(served))}\n'
        for n, served in enumerate(counters, 1)
    ]
    return "\n".join([head, *services, *places])
