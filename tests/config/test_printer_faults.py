"""Faults of printers that ask for their tickets, of spare printers, and of displays that show the code at the door."""

from collections.abc import Callable

import pytest

from config.loader import Reading

ReadText = Callable[[str], Reading]

CASES = [
    (
        '"tcp://192.168.1.50:9100"',
        '"tcp://192.168.1.50:9100"\nkind = "cloudprnt"',
        "printers.entrance.address",
        "must be left out: a printer of kind",
    ),
    (
        '"tcp://192.168.1.50:9100"',
        '"tcp://192.168.1.50:9100"\nspare = "entrance"',
        "printers.entrance.spare",
        "must be another printer",
    ),
    (
        '"tcp://192.168.1.50:9100"',
        '"tcp://192.168.1.50:9100"\nspare = "back"',
        "printers.entrance.spare",
        "there is no back in printers",
    ),
    (
        'zones = ["hall", "upstairs"]',
        'zones = ["hall", "upstairs"]\npublic = true\ndoor_code = true',
        "displays.hall.door_code",
        "this one is public: anybody could read the code at home",
    ),
    (
        'zones = ["hall", "upstairs"]',
        'counter = "1"\ndoor_code = true',
        "displays.hall.door_code",
        "this one is over a counter",
    ),
]


@pytest.mark.parametrize(("old", "new", "where", "reason"), CASES, ids=[case[1] for case in CASES])
def test_each_fault_is_said_at_its_key(
    small: str, read_text: ReadText, old: str, new: str, where: str, reason: str
) -> None:
    assert old in small
    found = {f"{fault.table}.{fault.key}": fault.reason for fault in read_text(small.replace(old, new, 1)).faults}

    assert where in found, found
    assert reason in found[where]
