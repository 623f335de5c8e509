"""A counter's board in words, for the terminal: names, times, lengths, effects of a press. Pure. Used by `terminal`, `told`."""

import contextlib
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from config.words import Words
from server.messages.boards import Counter, CounterFace, Did, Line, Texts, Why
from server.messages.instants import SECOND, millis
from server.messages.texts import in_language


class Wording:
    """The words for one board."""

    def __init__(self, words: Words, board: Counter, now: int | None = None) -> None:
        """`now`: the server's time, ms; None: this machine's."""
        self.say, self._language, self._board = words.text, words.language, board
        self._now = millis(datetime.now(UTC)) if now is None else now
        self._zone = ZoneInfo(board.time_zone)

    def named(self, texts: Texts) -> str:
        return in_language(texts, self._language, self._board.languages, "")

    def services(self, ids: tuple[str, ...], quantities: Mapping[str, int] | None = None) -> str:
        """`quantities`: how many of one, where it is more than one."""
        known, many = {service.id: service.names for service in self._board.services}, quantities or {}
        return " · ".join(
            (f"{many[id]} × " if id in many else "") + (self.named(known.get(id, {})) or id) for id in ids
        )

    def reason(self, code: str) -> str:
        """A reason in the words of the office file, else in ours, else its code."""
        own = {one.id: one.names for one in self._board.reasons}
        if code in own:
            return self.named(own[code])
        with contextlib.suppress(KeyError):
            return self.say(f"staff-reason-{code}".replace("_", "-"))
        return code

    def author(self, by: str) -> str:
        """Who made a move: the supervisor, or a rule by its name."""
        rule = next((one for one in self._board.rules if by == f"rule:{one.id}"), None)
        if rule is None:
            return self.say("supervisor-by-rule" if by.startswith("rule:") else "supervisor-by-supervisor")
        return self.say("supervisor-by-rule-named", service=self.services((rule.service,)), over=rule.over_minutes)

    def time(self, instant: str) -> str:
        return f"{_at(instant).astimezone(self._zone):%H:%M}"

    def since(self, instant: str) -> str:
        return self.span(self.age(instant))

    def age(self, instant: str) -> int:
        """ms since an instant."""
        return self._now - millis(_at(instant))

    def span(self, ms: int) -> str:
        """A length: "12 s", "24 min", "1 h 05 min"."""
        seconds = max(0, round(ms / SECOND))
        if seconds < 60:
            return self.say("common-span-seconds", seconds=seconds)
        hours, minutes = divmod(seconds // 60, 60)
        if not hours:
            return self.say("common-span-minutes", minutes=minutes)
        return self.say("common-span-hours", hours=hours, minutes=f"{minutes:02}")

    def stands(self, face: CounterFace) -> str:
        """The state of a counter: "frei", "bedient A042", "Pause bis 11:00"."""
        if face.current:
            return self.say(
                f"staff-counter-{'calls' if face.current_state == 'called' else 'serves'}", number=face.current
            )
        if face.state == "paused" and face.back_at:
            return self.say("staff-counter-paused-until", time=self.time(face.back_at))
        return self.say(f"staff-counter-{'free' if face.state == 'open' else face.state}".replace("_", "-"))

    def pause(self) -> str:
        """Why this counter pauses, and until when."""
        face = self._board.counter
        names = {one.id: one.names for one in self._board.break_reasons}
        reason = self.named(names.get(face.reason or "", {})) or self.say("counter-pause")
        if not face.back_at:
            return reason
        return self.say("counter-paused-until", reason=reason, time=self.time(face.back_at))

    def left(self) -> int:
        """Seconds in which the last press can still be taken back."""
        undo = self._board.undo
        return 0 if undo is None else max(0, -(self.age(undo.until) // SECOND))

    def why(self, why: Why | None) -> str:
        return self.say(f"staff-why-{why.code}".replace("_", "-")) if why else ""

    def place(self, line: Line) -> str:
        """Why somebody has their place in the order, unless it is just the longest wait."""
        plain = line.state != "waiting" or line.why_order is None or line.why_order.code == "longest_wait"
        return "" if plain else self.why(line.why_order)

    def needs(self, line: Line) -> str:
        return ", ".join(self.say(f"staff-need-{need}".replace("_", "-")) for need in line.needs)

    def did(self) -> str:
        """Everything that the last press did: "A001 fertig, A002 aufgerufen"."""
        done = self._board.undo.did if self._board.undo else ()
        last = [deed for at, deed in enumerate(done) if deed.number not in {d.number for d in done[at + 1 :]} - {None}]
        loud = [deed for deed in last if deed.type != "counter_resumed" or len(last) == 1]
        return ", ".join(filter(None, map(self._deed, loud))) or self.say("staff-did-something")

    def _deed(self, deed: Did) -> str:
        try:
            return self.say(f"staff-did-{deed.type}".replace("_", "-"), number=deed.number or "")
        except KeyError:
            return ""


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)
