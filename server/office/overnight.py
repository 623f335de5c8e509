"""What a new day takes over from the last one: counters, services and sets of moves. Pure; `decide` asks as it begins a day.

A day that is closed and opened again on the same date goes on as it was. On another date everything starts fresh, except
what has an end that is still to come, its own or that of its set of moves.
"""

from msgspec.structs import replace

from server.messages.facts import CalledHelper, Counter, Message, Moves, Row, Service, Ticket
from server.messages.office import Office
from server.messages.terms import CounterState
from server.office.moves import BOOST, CLOSING, LIMIT, SERVED, carried
from server.office.state import State


class Night:
    """One change of day. `office`: as it is from then on; `serving`: tickets still served; `at`: the instant; `same_day`: the
    date stays the same."""

    def __init__(self, state: State, office: Office, serving: tuple[Ticket, ...], at: int, *, same_day: bool) -> None:
        self._state, self._at, self._same_day = state, at, same_day
        self._limits = {plan.id: plan.daily_limit for plan in office.services}
        self._opens_with = {one.id: one.services for one in office.counters}
        self._opens_with |= {one.id: one.services for one in office.stations}
        self._serving = serving
        self._held = {ticket.counter for ticket in serving}
        sets = self._sets = tuple(one for one in state.moves.values() if same_day or one.until is not None)
        self._counters = [(one.last_seq, one.counters) for one in sets]
        self._services = [(one.last_seq, one.services) for one in sets]

    def counters(self) -> tuple[Counter, ...]:
        """Counters that still serve somebody keep their ticket; stations are open, all others closed."""
        stations = {station.id for station in self._state.office.stations}
        return tuple(
            self._counter(one, "open" if one.id in stations else "closed") for one in self._state.counters.values()
        )

    def _counter(self, current: Counter, standing: CounterState) -> Counter:
        kept = self._assigned(current)
        if current.id in self._held:
            return replace(kept, coming_pause=False)
        given = kept.assignment
        return Counter(
            id=current.id,
            state=standing,
            services=given.services if given else self._opens_with[current.id],
            assignment=given,
            served_seq=kept.served_seq,
            state_seq=self._state.seq + 1,  # no set of moves may restore its state: that ended with the day
        )

    def _assigned(self, counter: Counter) -> Counter:
        """The counter with its assignment, or without it if it ends with the day."""
        given = counter.assignment
        if given is None or self._lasts(given.until) or carried(counter, SERVED, self._counters):
            return counter
        return replace(counter, services=given.before, assignment=None)

    def services(self) -> tuple[Service, ...]:
        return tuple(self._service(one) for one in self._state.services.values())

    def _service(self, current: Service) -> Service:
        if self._same_day:
            return current
        limit = current.limit if carried(current, LIMIT, self._services) else self._limits[current.id]
        new = replace(current, issued=0, limit=limit)
        if not (current.closed and (self._ends(current.until) or carried(current, CLOSING, self._services))):
            new = replace(new, closed=False, reason=None, until=None, situation=None)
        if not (self._ends(current.boost_until) or carried(current, BOOST, self._services)):
            new = replace(new, boost=0, boost_until=None)
        return new

    def messages(self) -> tuple[Message, ...]:
        """The messages without those that are over, and those of sets that end with the day."""
        ended = {name for one in self._state.moves.values() if one not in self._sets for name in one.messages}
        stand = (one for one in self._state.messages.values() if one.until is None or one.until > self._at)
        return tuple(one for one in stand if one.id not in ended)

    def moves(self) -> tuple[Moves, ...]:
        """Sets that can still be taken back. Their pictures of before get the same change of day: that is what would be here now
        if the set had never been."""
        serving = {ticket.id for ticket in self._serving}
        return tuple(
            replace(
                one,
                counters=tuple(self._assigned(c) for c in one.counters if c.id in self._state.counters),
                services=tuple(self._service(s) for s in one.services if s.id in self._state.services),
                tickets=tuple(ticket for ticket in one.tickets if ticket.id in serving),
                boosts={name: minutes for name, minutes in one.boosts.items() if name in serving},
            )
            for one in self._sets
        )

    def helpers(self) -> tuple[CalledHelper, ...]:
        return tuple(one for one in self._state.helpers.values() if self._lasts(one.until))

    def book(self) -> tuple[Row, ...]:
        """The shift book is that of one date."""
        return tuple(self._state.book.values()) if self._same_day else ()

    def _ends(self, until: int | None) -> bool:
        return until is not None and until > self._at

    def _lasts(self, until: int | None) -> bool:
        return self._ends(until) or (self._same_day and until is None)
