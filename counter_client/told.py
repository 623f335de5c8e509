"""What a terminal counter shows around its ticket: alarms, messages, the supervisor's assignment, calls for help, and tickets
that are parked, missed or away. Pure: a board in, lines and their acts out. Used by `terminal`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from counter_client.acts import Act
from counter_client.wording import Wording
from server.messages.boards import Alarm, Counter, Line

DESK = "desk"
SHOWN = 3
"""The most rows for parked, missed and away tickets each: every row has a digit, and there are nine."""
NEXT_SHOWN = 5


@dataclass(frozen=True)
class Notice:
    """One line, and what can be pressed for it; `urgent`: it is highlighted."""

    text: str
    acts: tuple[Act, ...] = ()
    urgent: bool = False


def notices(board: Counter, alarms: Iterable[Alarm], wording: Wording) -> list[Notice]:
    """All notices, the most urgent first. Only the first of each kind has a key; the next gets it when that one is answered."""
    say = wording.say
    found = [Notice(say("staff-practice"), urgent=True)] if board.practice else []
    found += [_alarm(alarm, board, wording) for alarm in alarms]
    found += [
        Notice(
            say("staff-help", device=call.name or call.device),
            (Act("help", "o", {"type": "accept_help", "help": call.id}, say("staff-help-accept")),),
        )
        for call in board.help
        if call.accepted_by is None
    ]
    found += [_message(note.id, wording.named(note.text), board.counter.id, wording) for note in board.messages]
    if board.assignment is not None:
        found.append(Notice(_assigned(board, wording)))
    if board.uncallable:
        numbers = ", ".join(one.number for one in board.uncallable[:NEXT_SHOWN])
        found.append(Notice(f"{say('staff-stranded', count=board.uncallable_total)} {numbers}"))
    return _one_key_each([replace(one, acts=tuple(act for act in one.acts if may(board, act))) for one in found])


def may(board: Counter, act: Act) -> bool:
    """Whether the server would accept it now."""
    return act.command["type"] in board.may


def _alarm(alarm: Alarm, board: Counter, wording: Wording) -> Notice:
    say, place = wording.say, {} if alarm.place == DESK else {"counter": alarm.place}
    mine = board.counter.id
    end = Act("alarm-end", "s", {"type": "end_alarm", **place}, say("staff-alarm-end"))
    going = [by.removeprefix("counter:") for by in alarm.accepted_by]
    words = {DESK: say("staff-desk")}
    names = ", ".join(say("staff-supervisor") if by.startswith("supervisor:") else words.get(by, by) for by in going)
    answered = say("staff-alarm-accepted", by=names) if going else say("staff-alarm-nobody")
    if alarm.place == mine:
        return Notice(f"{say('staff-alarm-own')} {answered}", (end,))
    go = Act("alarm-accept", "i", {"type": "accept_alarm", **place, "from": mine}, say("staff-alarm-accept"))
    where = f"{say('staff-alarm-at', place=alarm.label or say('staff-desk'))} {wording.named(alarm.way)}".strip()
    return Notice(f"{where} {answered}", (end,) if mine in going else (go, end), urgent=True)


def _message(id: str, text: str, mine: str, wording: Wording) -> Notice:
    command = {"type": "acknowledge_message", "counter": mine, "message": id}
    return Notice(
        f"{wording.say('counter-message')} {text}", (Act("read", "l", command, wording.say("counter-message-read")),)
    )


def _assigned(board: Counter, wording: Wording) -> str:
    assert board.assignment is not None
    given = board.assignment
    services = wording.services(given.services)
    until = {"time": wording.time(given.until)} if given.until else {}
    who = wording.author(given.by)
    text = wording.say("counter-assigned-until" if until else "counter-assigned", who=who, services=services, **until)
    if given.reason is None or given.by == f"rule:{given.reason}":  # a rule's reason is its own id
        return text
    return f"{text} ({wording.reason(given.reason)})"


def _one_key_each(found: list[Notice]) -> list[Notice]:
    taken: set[str] = set()
    kept = []
    for notice in found:
        free = tuple(act for act in notice.acts if act.key not in taken)
        taken |= {act.key for act in free}
        kept.append(Notice(notice.text, free, notice.urgent))
    return kept


@dataclass(frozen=True)
class Listed:
    """A list: its heading, and its first rows, each with the digit that acts on it."""

    title: str
    rows: tuple[tuple[str, Line], ...]
    more: int


def lists(board: Counter, wording: Wording) -> list[Listed]:
    """Who is next, and who is parked, missed or away; an empty list is not shown."""
    say = wording.say
    queue = Listed(
        say("counter-queue", count=board.waiting),
        tuple(("", line) for line in board.queue[:NEXT_SHOWN]),
        max(0, board.waiting - len(board.queue[:NEXT_SHOWN])),
    )
    others = [("counter-parked", board.parked), ("counter-missed", board.missed), ("counter-away", board.away)]
    shown = [
        Listed(
            say(title),
            tuple((str(SHOWN * at + place + 1), line) for place, line in enumerate(rows[:SHOWN])),
            max(0, len(rows) - SHOWN),
        )
        for at, (title, rows) in enumerate(others)
        if rows
    ]
    return [queue, *shown]


def digits(board: Counter) -> list[Act]:
    """The acts of the digits: 1 to 3 resume a parked ticket, 4 to 9 put a missed or absent one back in line."""
    counter = {"counter": board.counter.id}
    found = [
        Act("resume-ticket", str(at + 1), {"type": "resume_ticket", **counter, "ticket": line.id})
        for at, line in enumerate(board.parked[:SHOWN])
        if "resume_ticket" in board.may_of_tickets.get("parked", ()) and line.id not in board.not_here
    ]
    for first, rows in ((SHOWN, board.missed), (2 * SHOWN, board.away)):
        for at, line in enumerate(rows[:SHOWN]):
            if "return_ticket" in board.may_of_tickets.get(line.state, ()):
                found.append(Act("return", str(first + at + 1), {"type": "return_ticket", "ticket": line.id}))
    return found
