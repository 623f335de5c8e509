"""Everybody who waits or may still come, as columns of arrays. The simulation chooses the next one from them.

The order of call is the one of production: `able` comes from `who_next.may_take`, the score from `order`. Times are
milliseconds after now as float64, which is exact for whole numbers. Columns are sorted by when the tickets were issued, so
that among equals the first one is next.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from server.forecast.luck import Luck
from server.forecast.model import HALF_HOURS, PARTS, Model, by_part
from server.forecast.returning import returning, steps
from server.forecast.tills import NEVER, Tills
from server.messages.facts import Counter, Ticket
from server.messages.instants import MINUTE, SECOND
from server.messages.terms import Category, Need
from server.office import hours
from server.office.equipped import times
from server.office.order import ageing, reference_of, score
from server.office.state import State
from server.office.waits import Combined
from server.office.who_next import boost_of, boosts, may_take

Array = NDArray[Any]
Needs = tuple[Need, ...]
AHEAD_MIN = 180.0
"""Minutes. Arrivals later than this do not change any wait that is shown."""
RETURNED = 1e15
"""The score of a ticket that is back from a station: it goes before everybody else at the counter that sent it."""


BY_COLUMN = ("able", "base", "ageing", "comes", "early", "waited", "mu", "sigma", "spoken", "own", "late")
"""The arrays of `People` whose last dimension is the columns."""


@dataclass(slots=True)
class People:
    """`ids`: the tickets that are here. Columns after them may come: appointments, people who wait again, their second steps,
    and tickets still to be drawn. Shapes: C counters, N columns, R rows.

    `able` (C, N): this counter may call it. `base` (R, N): its score now. `ageing` (N): how fast the score rises. `comes` (R,
    N): from when it may be called. `early` (R, N): from when it may be called if nobody else waits. `waited` (N): minutes it
    has waited already. `mu`, `sigma` (C, N): log minutes that this counter would need. `spoken` (C, N): the counter speaks its
    language. `own` (C, N): at this counter it goes before everybody else. `then` (C, N): the column of what is left to do after
    this counter, or -1. `late` (R, N): by how many ms its place counts later than its column says. `columns`: as `_still` read
    them. `alike`: all scores rise at the same speed, so their order never changes. `owned`: at some counter somebody goes
    before all others. The first `known` columns are here or booked; those from `drawn_from` on are still to be drawn.
    """

    ids: list[str]
    able: Array
    base: Array
    ageing: Array
    comes: Array
    early: Array
    waited: Array
    mu: Array
    sigma: Array
    spoken: Array
    own: Array
    then: Array
    late: Array
    columns: list["_Column"]
    alike: bool
    owned: bool
    known: int = 0
    drawn_from: int = 0

    @property
    def here(self) -> int:
        return len(self.ids)

    def only(self, stays: Array) -> "People":
        """The same people without the columns that are False in `stays` (N)."""
        arrays: dict[str, Any] = {name: kept(getattr(self, name), stays) for name in BY_COLUMN}
        return dataclasses.replace(
            self,
            ids=[one for one, stay in zip(self.ids, stays, strict=False) if stay],
            columns=[one for one, stay in zip(self.columns, stays, strict=True) if stay],
            then=places(stays)[kept(self.then, stays)],
            known=int(stays[: self.known].sum()),
            drawn_from=int(stays[: self.drawn_from].sum()),
            **arrays,
        )


def kept(found: Array, stays: Array) -> Array:
    """The columns that stay. Each row stays in one piece of memory, which indexing with a mask would not keep: every step
    of the simulation reads by rows."""
    return np.compress(stays, found, axis=-1)


def places(stays: Array) -> Array:
    """The new index of each column if only those stay that are True. It is -1 for a column that does not stay, and -1 for
    the index -1."""
    return np.append(np.where(stays, np.cumsum(stays) - 1, -1), -1)


class Coming(NamedTuple):
    """Arrivals to expect. `rates`: by category, service and half hour of the day. `minutes`: how far ahead. `busy`: shape
    and mean of the factor by which today differs; None: the one that the model has for a day that has not begun. `within`:
    as in the model."""

    rates: Mapping[Category, Mapping[str, tuple[float, ...]]]
    minutes: float = AHEAD_MIN
    busy: tuple[float, float] | None = None
    within: tuple[float, ...] = ()


def people(
    state: State, staffed: Tills, model: Model, now: int, rows: int, luck: Luck, expects: Coming | None = None
) -> People:
    """Tickets that wait or are away; then appointments that are not here yet, people who wait again, second steps of those
    who are here, and tickets still to be drawn. Without `expects`, only priority tickets are still to be drawn."""
    here = sorted((one for one in state.living() if one.state in ("waiting", "away")), key=lambda one: one.seq)
    booked = _booked(state, now)
    urgent, come = _drawn_later(
        state, expects or Coming({"priority": model.priority}, within=model.within), model, now, rows, luck
    )
    again, back = returning(state, staffed, model, now, rows, luck)
    later, after = steps(staffed, here)
    columns = [_Column.of(state, one, now) for one in here] + booked
    begin = len(columns)
    columns += [
        _Column(one, one.reference, NEVER, key=f"again:{one.id}:{','.join(one.services)}") for one in (*again, *later)
    ]
    columns += urgent
    come = np.concatenate((back, np.full((rows, len(later)), NEVER), come), axis=1)
    if not columns:  # NumPy has no maximum of an empty array: one column that never comes
        columns, come = (
            [_Column(_ghost(("",), "walk_in", now, state.seq), now, NEVER, key="-")],
            np.full((rows, 1), NEVER),
        )
    found = _still(state, staffed.counters, model, columns, rows, now)
    _arrive(state, found, model, len(here), booked, luck)
    found.comes[:, begin:] = come
    last = slice(begin + len(again) + len(later), None)  # their place counts from when they come
    new = found.comes[:, last]
    found.late[:, last] = np.where(np.isfinite(new), new, 0.0)
    found.base -= found.late * found.ageing
    for (place, at), step in after.items():
        found.then[place, at] = begin + len(again) + step
    found.ids = [one.id for one in here]
    found.known, found.drawn_from = len(here) + len(booked), begin + len(again) + len(later)
    return found


def changed(found: People, state: State, counters: list[Counter], model: Model, now: int, at: int) -> People:
    """The same people after the state has changed at the instant `at`: other services, boosts, or another order of call."""
    columns = [_now(one, state.tickets.get(one.key)) for one in found.columns]
    new = _still(state, counters, model, columns, len(found.comes), now, at)
    new.base -= found.late * new.ageing
    return dataclasses.replace(
        found,
        able=new.able,
        base=new.base,
        ageing=new.ageing,
        mu=new.mu,
        sigma=new.sigma,
        spoken=new.spoken,
        own=new.own,
        alike=new.alike,
        owned=new.owned,
    )


def _now(column: "_Column", ticket: Ticket | None) -> "_Column":
    return column if ticket is None else dataclasses.replace(column, ticket=ticket, reference=ticket.reference)


@dataclass(slots=True)
class _Column:
    """`key`: the owner of its random numbers; for somebody who is here, the ticket's id."""

    ticket: Ticket
    reference: int
    comes: float
    early: float = NEVER
    waited: float = 0.0
    slot: float | None = None
    key: str = ""

    @classmethod
    def of(cls, state: State, ticket: Ticket, now: int) -> "_Column":
        if ticket.state == "away":
            comes = float(max(1, (ticket.away_until or now) - now))
            return cls(ticket, ticket.reference, comes, waited=(now - ticket.issued_at) / MINUTE, key=ticket.id)
        ready = state.ready_at(ticket) - now
        early = NEVER
        if ready > 0 and ticket.slot is not None:
            early = ticket.slot - state.office.policy.appointment_early * SECOND - now
            early = max(early, (ticket.not_before or now) - now, 0)
        waited = (now - ticket.issued_at) / MINUTE
        return cls(ticket, ticket.reference, float(max(ready, 0)), float(early), waited, key=ticket.id)


def _ghost(
    services: tuple[str, ...], category: Category, at: int, seq: int, language: str | None = None, needs: Needs = ()
) -> Ticket:
    """Somebody who may come, as a ticket, so that the rules of call can be applied."""
    return Ticket(
        id="", number="", services=services, state="waiting", seq=seq, last_seq=seq, issued_at=at, reference=at,
        category=category, language=language, needs=needs,
    )  # fmt: skip


def _booked(state: State, now: int) -> list[_Column]:
    """Today's appointments that are neither checked in nor missed yet."""
    found = []
    for one in (state.appointments[name] for name in coming(state, now)):
        ghost = _ghost(one.services, "appointment", one.start, state.seq + 1, one.language)
        found.append(_Column(ghost, one.start, 0.0, slot=float(one.start - now), key=f"booked:{one.id}"))
    return found


def coming(state: State, now: int) -> list[str]:
    """Today's appointments that are neither checked in nor missed yet, in the order of their slots."""
    end = hours.midnight_after(state.office, hours.day_of(state.office, now))
    return [name for start, name in state.coming if start < end]


def _drawn_later(
    state: State, expects: Coming, model: Model, now: int, rows: int, luck: Luck
) -> tuple[list[_Column], Array]:
    """Tickets that are still to be drawn, as in the half hours of other days. The forecast needs only those with priority:
    later walk-ins overtake nobody who is here, because within one category all scores rise at the same speed. Returns
    columns, and when each comes in each row (rows, columns); inf if fewer come in that row."""
    wall = hours.local(state.office, now)
    minute = wall.hour * 60 + wall.minute + wall.second / 60
    shape, mean = expects.busy or (1 / model.busy**2, 1.0)
    busy = luck("busy").gamma(shape, mean / shape, rows)  # how busy the day is, drawn once per row
    long = 30.0 / PARTS
    starts = np.arange(HALF_HOURS * PARTS) * long
    begins = np.clip(starts, minute, minute + expects.minutes)
    share = (np.clip(starts + long, minute, minute + expects.minutes) - begins) / long
    columns: list[_Column] = []
    times: list[Array] = []
    for category, rates in expects.rates.items():
        for service in sorted(rates):
            means = np.array(by_part(rates[service], expects.within)) * share
            total = means.sum()
            if service not in state.services or total <= 0:
                continue
            own = luck(f"{category}:{service}")
            counts = own.poisson(total * busy)
            most = int(counts.max())
            if most:
                edges = np.append(0.0, means.cumsum()) / total
                at = np.interp(own.random((rows, most)), edges, np.append(begins, begins[-1])) - minute
                at[np.arange(most) >= counts[:, None]] = NEVER
                ghost = _ghost((service,), category, now, state.seq + 2)
                columns += [_Column(ghost, now, 0.0, key=f"{category}:{service}:{nth}") for nth in range(most)]
                times.append(at * MINUTE)
    return columns, np.concatenate(times, axis=1) if times else np.zeros((rows, 0))


def _still(
    state: State, counters: list[Counter], model: Model, columns: list[_Column], rows: int, now: int, later: int = 0
) -> People:
    """Scores are those at `now`. What holds only for a time is read at `later`."""
    valid = max(now, later)
    boosted = boosts(state, valid)
    base, rise = np.zeros(len(columns)), np.zeros(len(columns))
    own = np.zeros((len(counters), len(columns)), bool)
    for at, column in enumerate(columns):
        ticket = column.ticket
        if ticket.station is not None and ticket.station_counter is None:
            own[:, at] = [ticket.only_counter == counter.id for counter in counters]
        base[at] = score(state.rules, ticket.category, column.reference, now) + boost_of(boosted, ticket.services)
        rise[at] = ageing(state.rules, ticket.category)
    able, spoken, mu, sigma = _at_counters(state, counters, model, columns, valid)
    shape = (rows, len(columns))
    comes = np.broadcast_to(np.array([one.comes for one in columns]), shape).copy()
    early = np.broadcast_to(np.array([one.early for one in columns]), shape).copy()
    waited = np.array([one.waited for one in columns])
    then, moved = np.full(own.shape, -1), np.broadcast_to(base, shape).copy()
    late = np.zeros(shape)
    alike, owned = bool((rise == rise[:1]).all()), bool(own.any())
    return People(
        [], able, moved, rise, comes, early, waited, mu, sigma, spoken, own, then, late, columns, alike, owned
    )


def _at_counters(
    state: State, counters: list[Counter], model: Model, columns: list[_Column], now: int
) -> tuple[Array, Array, Array, Array]:
    """What `_at` says of each column at each counter, as arrays (C, N). Many columns want the same thing, so each kind is
    asked only once."""
    places: dict[tuple[object, ...], int] = {}
    kinds: list[list[tuple[bool, bool, float, float]]] = []
    of = np.zeros(len(columns), int)
    for at, column in enumerate(columns):
        one = column.ticket
        kind = (
            one.services, tuple(one.quantities.items()), one.needs, one.language, one.only_counter, one.only_until,
            one.station,
        )  # fmt: skip
        if kind not in places:
            places[kind] = len(kinds)
            kinds.append([_at(state, counter, one, model, now) for counter in counters])
        of[at] = places[kind]
    found = np.array(kinds, float).reshape(len(kinds), len(counters), 4)
    able, spoken, mu, sigma = (np.ascontiguousarray(found[:, :, part].T[:, of]) for part in range(4))
    return able > 0, spoken > 0, mu, sigma


def _at(state: State, counter: Counter, ticket: Ticket, model: Model, now: int) -> tuple[bool, bool, float, float]:
    """Whether it may be called here, whether its language is spoken, and how long it would take here (log minutes)."""
    takes = may_take(state, counter, ticket, now)
    place = state.places[counter.id]
    languages = getattr(place, "languages", ())
    speaks = not languages or ticket.language in (None, state.office.languages[0], *languages)
    length = model.together(ticket.services, counter.services, times(state, ticket))
    return takes, speaks, length.mu, length.sigma


def _arrive(state: State, found: People, model: Model, here: int, booked: list[_Column], luck: Luck) -> None:
    """When booked people come, in each row. It is after now, because they are not here yet. Some never come (`show_up`)."""
    if not booked:
        return
    mean, sd = model.lateness.mean * MINUTE, model.lateness.sd * MINUTE
    slots = np.array([one.slot or 0.0 for one in booked])
    gone = ndtr((0.0 - slots - mean) / sd)  # chance that somebody who does come would be here by now
    comes = model.show_up * (1 - gone) / (model.show_up * (1 - gone) + 1 - model.show_up + 1e-12)
    rows, rng = len(found.comes), luck("booked")
    late = mean + sd * ndtri(np.clip(gone + (1 - gone) * rng.random((rows, len(booked))), 1e-9, 1 - 1e-9))
    here_at = np.maximum(slots + late, 1.0)  # at least 1 ms from now: they are not here at this instant
    policy = state.office.policy
    shows = rng.random((rows, len(booked))) < comes
    at = slice(here, here + len(booked))
    found.comes[:, at] = np.where(shows, np.maximum(here_at, slots - policy.appointment_before * SECOND), NEVER)
    found.early[:, at] = np.where(shows, np.maximum(here_at, slots - policy.appointment_early * SECOND), NEVER)
    too_late = here_at > slots + policy.appointment_late * SECOND
    found.late[:, at] = np.where(too_late, here_at - slots, 0.0)


def still(state: State, counters: list[Counter], model: Model, wanted: list[Combined], now: int) -> People:
    """One row of people who would draw such tickets now. Their place is behind everybody who is here."""
    seq = state.seq + 1
    columns = [_Column(_ghost(names, category, now, seq, needs=needs), now, 0.0) for names, category, needs in wanted]
    return _still(state, counters, model, columns, 1, now)


def checked_in(state: State, counters: list[Counter], model: Model, booked: Sequence[str], now: int) -> People:
    """One row of people with these appointments, if they checked in now. Their place is that of the slot."""
    columns = []
    for one in (state.appointments[name] for name in booked):
        at = reference_of(state.office, one.start, now)
        ghost = _ghost(one.services, "appointment", at, state.seq + 1, one.language)
        columns.append(_Column.of(state, replace(ghost, slot=one.start), now))
    return _still(state, counters, model, columns, 1, now)
