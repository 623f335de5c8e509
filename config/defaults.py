"""Fills in what an office file may leave out: the smallest file has only the office's name, one service and one counter.

Works on the tree before it is read, so that every filled-in value is checked and explained like a written one.
Called by `config.tables`.
"""

import tomllib

from config.findings import DEFAULT
from config.toml_tree import Node
from server.messages.office import WEEKDAYS

STANDARD = """
[hours]
mon = ["00:00-24:00"]
tue = ["00:00-24:00"]
wed = ["00:00-24:00"]
thu = ["00:00-24:00"]
fri = ["00:00-24:00"]
sat = ["00:00-24:00"]
sun = ["00:00-24:00"]

[[zones]]
id = "hall"
names = { de = "Wartebereich", en = "Waiting area" }

[[displays]]
id = "hall"
name = "Anzeige"
public = true

[[kiosks]]
id = "entrance"
name = "Automat"

[policy]

[calls]

[keeping]
"""
"""Used for each of these tables that the file does not contain at all. An empty list (`kiosks = []`) counts as contained."""


def complete(top: dict[str, Node]) -> dict[str, Node]:
    """The file's tables, with everything filled in that follows from the rest."""
    standard = _node(tomllib.loads(STANDARD)).table() or {}
    made = {name for name in standard if name not in top}
    tables = standard | top | _always_open(standard["hours"], top.get("hours"))
    zones, services = _ids(tables.get("zones")), _ids(tables.get("services"))
    fill: dict[str, dict[str, object]] = {"counters": {"services": services}, "displays": {"zones": zones}}
    if len(zones) == 1:
        fill["counters"]["zone"] = zones[0]
        fill["stations"] = {"zone": zones[0]}
    if "kiosks" in made and (printers := _ids(tables.get("printers"))):
        fill["kiosks"] = {"printer": printers[0]}
    return {name: _filled(name, node, fill.get(name, {})) for name, node in tables.items()}


def _always_open(standard: Node, hours: Node | None) -> dict[str, Node]:
    """If `hours` names single days but no weekday, the office is open all week, as without `hours`."""
    written = hours.table() if hours else None
    if hours is None or written is None or set(written) & set(WEEKDAYS):
        return {}
    return {"hours": Node((standard.table() or {}) | written, hours.place)}


def _filled(name: str, node: Node, values: dict[str, object]) -> Node:
    items = node.items()
    if items is None or name not in ("counters", "stations", "displays", "kiosks"):
        return node
    return Node([_item(name, item, values) for item in items], node.place)


def _item(name: str, item: Node, values: dict[str, object]) -> Node:
    table = item.table()
    if table is None:
        return item
    extra = {key: _node(value) for key, value in values.items() if key not in table}
    if name == "counters":
        extra |= _of_counter(table, extra)
    if name == "displays" and "counter" in table:
        extra["zones"] = _node([])  # it shows its counter, not a room
    return Node(table | extra, item.place)


def _of_counter(table: dict[str, Node], extra: dict[str, Node]) -> dict[str, Node]:
    """A counter without a label is named after its id; without `skills` it can serve the services it opens with."""
    more: dict[str, Node] = {}
    if "label" not in table and "id" in table and isinstance(table["id"].value, str):
        more["label"] = _node(f"Schalter {table['id'].value}")
    services = table.get("services") or extra["services"]
    if "skills" not in table and services.items() is not None:
        more["skills"] = Node(services.value, DEFAULT)
    return more


def _ids(node: Node | None) -> list[str]:
    """Ids in a list of tables, without retired ones."""
    tables = [item.table() or {} for item in (node.items() or [] if node else [])]
    found = [table["id"].value for table in tables if "id" in table and not _true(table.get("retired"))]
    return list(dict.fromkeys(value for value in found if isinstance(value, str)))


def _true(node: Node | None) -> bool:
    return node is not None and node.value is True


def _node(value: object) -> Node:
    if isinstance(value, dict):
        return Node({key: _node(inner) for key, inner in value.items()}, DEFAULT)
    if isinstance(value, list):
        return Node([_node(inner) for inner in value], DEFAULT)
    return Node(value, DEFAULT)
