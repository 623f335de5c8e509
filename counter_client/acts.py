"""What a clerk can do now, by the counter's board and its `may`: for the terminal what `pages/acts.js` is for the page. Pure.

Each act has the same key as on the page; labels are the page's words (`counter-act-<id>`).
"""

from dataclasses import dataclass
from typing import Any

from server.messages.boards import Counter

JsonCommand = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One key, one command. `key` is Textual's name of it; the first act of a list is also the Enter key's.

    `label`: its name, if the page's word for its id does not fit. `asks`: a question of `asked` comes first, with its command.
    """

    id: str
    key: str
    command: JsonCommand
    label: str = ""
    asks: bool = False


def mode(board: Counter) -> str:
    """taken, closed, paused, wrap_up, free, called or serving."""
    face = board.counter
    if face.state != "closed" and face.held and not face.holder_is_me:
        return "taken"
    if board.current is not None:
        return "called" if board.current.state == "called" else "serving"
    return "free" if face.state == "open" else face.state


def acts(board: Counter) -> list[Act]:
    """All acts that are possible now, the main one first; that one is listed even if the server would refuse it now."""
    stands, counter = mode(board), board.counter.id
    table = _TABLE[stands]
    if stands == "serving" and board.counter.coming_pause:
        table = [("finish-pause", "enter", "finish_service", {}), *table[1:-1], ("no-pause", "p", "resume_counter", {})]
    if not board.over_desk:
        table = [row for row in table if "phrase" not in row]
    big, *_ = (id for id, *_ in table)
    found = [
        Act(id, key, {"type": type, "counter": counter, **more}, asks=id in ASKS or (id == "missed" and _unseen(board)))
        for id, key, type, more in table
        if type in board.may or id == big
    ]
    if stands == "serving" and board.current is not None and "print_ticket" in board.may:
        found.append(Act("print", "j", {"type": "print_ticket", "ticket": board.current.ticket}))
    if board.undo is not None and "undo" in board.may:
        found.append(Act("undo", "u", {"type": "undo", "key": board.undo.key}))
    return found


def own(board: Counter, *, ready: bool) -> list[Act]:
    """Acts that are no press of the desk: a note on the ticket in hand, and "ready: call whoever comes" while there is nobody to
    call. `ready`: that was said already."""
    stands = mode(board)
    if stands in ("called", "serving") and board.current is not None:
        return [Act("note-change" if board.current.note else "note", "n", {})]
    if stands == "free" and "call_next" in board.may and (ready or board.next is None):
        return [Act("not-ready" if ready else "ready-for", "g", {})]
    return []


def _unseen(board: Counter) -> bool:
    """Whether no screen has shown the call yet: then "not here" asks first."""
    return board.current is not None and board.current.displays > 0 and not board.current.seen_on


def every() -> list[tuple[str, str]]:
    """Every key of every state, with its act: ("enter", "take-over")."""
    rows = {(key, id): None for table in _TABLE.values() for id, key, *_ in table}
    return [*rows, *_BESIDE]


def word(id: str) -> str:
    """The name of an act's words."""
    return _WORDS.get(id, f"counter-act-{id}")


_BESIDE = (
    *(("enter", "finish-pause"), ("p", "no-pause"), ("j", "print"), ("g", "ready-for"), ("n", "note"), ("u", "undo")),
    *(("o", "help"), ("i", "alarm-accept"), ("s", "alarm-end"), ("l", "read")),
)
"""Acts of no state alone, and those of notices (`told`)."""
_WORDS = {
    "undo": "staff-undo",
    "help": "staff-help-accept",
    "alarm-accept": "staff-alarm-accept",
    "alarm-end": "staff-alarm-end",
    "read": "counter-message-read",
}
ASKS = frozenset(
    {"open-with", "transfer", "pause", "pause-after", "direct", "services", "part", "without", "pick", "phrase"}
)
"""Acts that ask something first."""
_AWAY: list[tuple[str, str, str, JsonCommand]] = [
    ("pause", "p", "pause_counter", {}),
    ("close", "x", "close_counter", {}),
]
_TABLE: dict[str, list[tuple[str, str, str, JsonCommand]]] = {
    "taken": [("take-over", "enter", "take_over_counter", {})],
    "closed": [("open", "enter", "open_counter", {}), ("open-with", "v", "open_counter", {})],
    "paused": [("resume", "enter", "resume_counter", {}), ("close", "x", "close_counter", {})],
    "wrap_up": [
        ("next", "enter", "call_next", {}),
        ("ready", "w", "resume_counter", {}),
        ("direct", "d", "serve_direct", {}),
        ("pick", "c", "call_ticket", {}),
        *_AWAY,
    ],
    "free": [
        ("next", "enter", "call_next", {}),
        ("direct", "d", "serve_direct", {}),
        ("pick", "c", "call_ticket", {}),
        ("wrap-up", "w", "begin_wrap_up", {}),
        *_AWAY,
    ],
    "called": [
        ("arrived", "enter", "start_service", {}),
        ("repeat", "r", "repeat_call", {}),
        ("missed", "m", "mark_missed", {}),
        ("withdraw", "z", "withdraw_call", {}),
        ("transfer", "t", "transfer_ticket", {}),
    ],
    "serving": [
        ("finish-next", "enter", "call_next", {"finish_current": True}),
        ("finish", "f", "finish_service", {}),
        ("part", "v", "finish_service", {}),
        ("park", "k", "park_ticket", {}),
        ("transfer", "t", "transfer_ticket", {}),
        ("services", "e", "set_services", {}),
        ("phrase", "h", "show_phrase", {}),
        ("without", "b", "finish_service", {}),
        ("pick", "c", "call_ticket", {}),
        ("finish-wrap-up", "w", "finish_service", {"wrap_up": True}),
        ("pause-after", "p", "pause_counter", {}),
    ],
}
