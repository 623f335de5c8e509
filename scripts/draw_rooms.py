"""Draws docs/rooms.svg: every room and the rooms it imports, read from the code. Called by `make rooms`.

A room is above all rooms that it imports. An arrow that follows from two others is left out, to keep the picture readable.
"""

from collections.abc import Collection, Iterable, Mapping
from html import escape
from pathlib import Path

from tests.rules.conftest import TOP, Module
from tests.rules.test_import_table import ANYWHERE, DEVICES, FREE, PURE, room_of

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "rooms.svg"
OUTERMOST = "wiring and verbs"
"""One box for the modules directly in server/ that may import everything."""
WIDTH, FLOOR, BOX, HEIGHT = 1240, 110, 136, 44
COLOURS = {"pure": "#dcefe0", "device": "#e3e9f7", "server": "#f4ead2", "outermost": "#eeeeee"}

Rooms = Mapping[str, Collection[str]]
"""By room: the rooms it imports."""


def rooms(modules: Iterable[Module]) -> Rooms:
    """Without clock and tasks, which every room may import."""
    found: dict[str, set[str]] = {}
    for module in modules:
        if room := _room(module.name):
            known = {_room(name) for name in module.at_runtime if name.partition(".")[0] in TOP}
            found.setdefault(room, set()).update(name for name in known if name and name != room)
    return found


def _room(module: str) -> str:
    room = room_of(module)
    if room in FREE:
        return OUTERMOST
    return "" if room in ANYWHERE or room == "server.garbage" else room


def floors(of: Rooms) -> dict[str, int]:
    """0 for a room that imports none; else one more than the highest it imports. Rooms that are only pages are at the top."""
    height: dict[str, int] = {}

    def measure(room: str) -> int:
        if room not in height:
            height[room] = 1 + max((measure(below) for below in of[room]), default=-1)
        return height[room]

    for room in of:
        measure(room)
    top = max(height.values())
    return {room: floor if of[room] or _is_imported(of, room) else top for room, floor in height.items()}


def _is_imported(of: Rooms, room: str) -> bool:
    return any(room in below for below in of.values())


def arrows(of: Rooms) -> list[tuple[str, str]]:
    """Every import that does not follow from two others."""
    return [
        (room, below)
        for room in sorted(of)
        for below in sorted(of[room])
        if not any(below in _all_below(of, other) for other in of[room])
    ]


def _all_below(of: Rooms, room: str) -> set[str]:
    found = set(of[room])
    for below in of[room]:
        found |= _all_below(of, below)
    return found


def places(of: Rooms) -> dict[str, tuple[float, float]]:
    """The middle of each room's box. Rooms of a floor are ordered by the rooms above them, so that few arrows cross."""
    height, pairs = floors(of), arrows(of)
    found: dict[str, tuple[float, float]] = {}
    for floor in range(max(height.values()), -1, -1):
        row = sorted(room for room in of if height[room] == floor)
        row.sort(key=lambda room: _mean([found[up][0] for up, down in pairs if down == room and up in found]))
        step = WIDTH / len(row)
        for number, room in enumerate(row):
            found[room] = (step * (number + 0.5), 40 + FLOOR * (max(height.values()) - floor))
    return found


def _mean(numbers: Collection[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else WIDTH


def drawn(of: Rooms) -> str:
    """The picture as SVG."""
    at = places(of)
    bottom = max(y for _, y in at.values()) + HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom:.0f}" font-family="Inter, sans-serif">',
        "<title>The rooms of Aufruf; an arrow points to what a room imports</title>",
        f'<rect width="{WIDTH}" height="{bottom:.0f}" fill="#ffffff"/>',
        '<marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">',
        '<path d="M0 0 L8 4 L0 8 z" fill="#556"/></marker>',
        *_lines(arrows(of), at),
        *(_box(room, *at[room]) for room in sorted(of)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lines(pairs: Iterable[tuple[str, str]], at: Mapping[str, tuple[float, float]]) -> Iterable[str]:
    for upper, lower in pairs:
        (x, y), (to_x, to_y) = at[upper], at[lower]
        y, to_y = y + HEIGHT / 2, to_y - HEIGHT / 2
        middle = (y + to_y) / 2
        curve = f"M{x:.0f} {y:.0f} C{x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} {to_x:.0f} {to_y:.0f}"
        yield f'<path d="{curve}" fill="none" stroke="#556" stroke-width="1.5" marker-end="url(#tip)"/>'


def _box(room: str, x: float, y: float) -> str:
    colour = COLOURS[_kind(room)]
    name = escape(room.removeprefix("server."))
    return (
        f'<rect x="{x - BOX / 2:.0f}" y="{y - HEIGHT / 2:.0f}" width="{BOX}" height="{HEIGHT}" rx="6" fill="{colour}" '
        f'stroke="#556"/><text x="{x:.0f}" y="{y + 5:.0f}" text-anchor="middle" font-size="14">{name}</text>'
    )


def _kind(room: str) -> str:
    if room in PURE:
        return "pure"
    if room in DEVICES:
        return "device"
    return "outermost" if room == OUTERMOST else "server"


if __name__ == "__main__":
    files = (file for top in TOP for file in sorted((ROOT / top).rglob("*.py")))
    PICTURE.write_text(drawn(rooms(map(Module, files))), encoding="utf-8")
