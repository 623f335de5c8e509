"""The ticket that a terminal counter holds, in lines: what is known about it, the clock since the call, whether the call was
seen and heard, and what its notes say. Pure: a board in, lines out. Used by `terminal`.
"""

from counter_client.acts import mode
from counter_client.wording import Wording
from server.messages.boards import Counter, Current
from server.messages.instants import SECOND


def clock(ms: int) -> str:
    """Time as on a stopwatch: "1:42", "1:05:09"."""
    minutes, seconds = divmod(max(0, ms) // SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def held(board: Counter, wording: Wording) -> list[str]:
    """Whom the counter calls or serves, the clock first."""
    current = board.current
    if current is None:
        return []
    say, called = wording.say, current.state == "called"
    stands = say("counter-since-call" if called else "counter-at-counter")
    found = [
        f"{clock(wording.age(current.since))} {stands}",
        wording.services(current.services, current.quantities),
        ", ".join(_marks(current, wording)),
        f"{say('counter-waited')}: {wording.span(current.waited * SECOND)}",
        wording.why(current.why),
        say("counter-attempt-count", count=current.attempt) if current.attempt > 1 else "",
        f"{say('counter-note')}: {current.note}" if current.note else "",
        " · ".join(_seen(current, wording)) if called else "",
    ]
    return [line for line in found if line]


def _marks(current: Current, wording: Wording) -> list[str]:
    found = [wording.say(f"staff-category-{current.category}".replace("_", "-"))] * (current.category != "walk_in")
    found += [wording.say(f"staff-need-{need}".replace("_", "-")) for need in current.needs]
    return [*found, *([wording.say("staff-persons", count=current.persons)] if current.persons > 1 else [])]


def _seen(current: Current, wording: Wording) -> list[str]:
    """Whether the call was seen and heard, and what to think of before "not here"."""
    say, found = wording.say, []
    if current.displays:
        found.append(say("counter-seen", seen=len(current.seen_on), displays=current.displays))
    if current.spoken is not None:
        found.append(say("counter-spoken" if current.spoken else "counter-not-spoken"))
    if current.displays and not current.seen_on:
        found.append(say("counter-nobody-saw"))
    if "visual_call" in current.needs:
        found.append(say("counter-mind-visual"))
    return [*found, *([say("counter-mind-escort")] if "escort" in current.needs else [])]


def empty(board: Counter, wording: Wording) -> str:
    """What stands there while the counter holds no ticket."""
    say, following, face = wording.say, board.next, board.counter
    lines = {
        "free": f"{say('counter-next-up')}: {following.number}" if following else say("counter-nobody-waits"),
        "closed": say("counter-closed-line"),
        "paused": wording.pause(),
        "wrap_up": say("counter-wrap-up-line"),
        "taken": say("problem-counter-held"),
    }
    stands = mode(board)
    timed = stands in ("paused", "wrap_up") and face.since is not None
    return f"{lines[stands]}  {clock(wording.age(face.since or ''))}" if timed else lines[stands]
