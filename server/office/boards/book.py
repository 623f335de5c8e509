"""The shift book as boards show it, and the part of it a clerk must know: who moved what, why, until when; who was called
in."""

from collections.abc import Mapping

from server.messages import boards as b
from server.messages.facts import Row
from server.messages.instants import at_or_none, rfc3339
from server.office import with_set
from server.office.boards import parts
from server.office.boards.sheet import Sheet
from server.office.looked_back import known_at
from server.office.moves import name_of, shared, shown
from server.office.office_grid import can_be_taken_back
from server.office.standing import acting, is_on, of_rule, rules_of
from server.office.state import State


def shift_book(sheet: Sheet) -> tuple[b.ShiftRow, ...]:
    """Today's moves, newest first."""
    return sheet.kept("shift book", lambda: tuple(_line(sheet, row) for row in reversed(sheet.state.book.values())))


def sets(state: State) -> tuple[b.MovesSet, ...]:
    twice = shared(state)
    return tuple(parts.set_of_moves(one, shown(one, twice)) for one in state.moves.values() if not one.single)


def _line(sheet: Sheet, row: Row) -> b.ShiftRow:
    """Kept from sheet to sheet while it is the same: most presses move nothing."""
    state, name = sheet.state, name_of(row)
    key = shown(row, sheet.kept("shared keys", lambda: shared(state)))
    since = (state.office, state.day, row, key, name in _open(sheet))
    return sheet.lasting(("row", name), since, lambda: _row(state, row, key, open=name in _open(sheet)))


def _row(state: State, row: Row, key: str, *, open: bool) -> b.ShiftRow:
    told = row.told
    return b.ShiftRow(
        key=key,
        at=rfc3339(row.at),
        by=row.by,
        type=row.type,
        did=tuple(parts.did_of(state, deed) for deed in row.did),
        reason=row.reason,
        until=at_or_none(row.until),
        told=None if told is None else b.GainTold(low=told.low, median=told.median, high=told.high, chance=told.chance),
        happened=row.happened,
        open=open,
        ended=row.ended,
        situation=row.situation,
        not_compared=_not_compared(state, row),
    )


def _not_compared(state: State, row: Row) -> bool:
    """Whether the day ends too soon to say what became of it."""
    waits = row.told is not None and row.happened is None and state.day is not None
    return waits and known_at(state.office, state.day or "", row.at) is None


def _open(sheet: Sheet) -> Mapping[str, Row]:
    """The moves of the book that still hold, by name, the newest first."""
    newest_first, state = reversed(sheet.state.book.items()), sheet.state
    return sheet.kept("open rows", lambda: {name: row for name, row in newest_first if _holds(state, row)})


def _holds(state: State, row: Row) -> bool:
    moves = state.moves.get(name_of(row))
    return not row.ended and moves is not None and can_be_taken_back(state, moves)


def moved(sheet: Sheet, counter: str) -> b.ShiftRow | None:
    """The newest move that still holds and that changed this counter or one of its services."""
    rows = sheet.kept("rows in force", lambda: list(_open(sheet).values()))
    if not rows:
        return None
    newest = sheet.kept("newest moves", lambda: _newest(rows))
    about = (("counter", counter), *(("service", name) for name in sheet.state.counters[counter].services))
    row = min((newest[one] for one in about if one in newest), default=None)
    return None if row is None else _line(sheet, rows[row])


def _newest(rows: list[Row]) -> dict[tuple[str, str | None], int]:
    """For each counter and service: the index of the first of these rows that changed it."""
    found: dict[tuple[str, str | None], int] = {}
    for place, row in enumerate(rows):
        for deed in row.did:
            found.setdefault(("counter", deed.counter), place)
            found.setdefault(("service", deed.service), place)
    return found


def situations(state: State) -> tuple[b.SituationLine, ...]:
    on, twice = {one.situation: one for one in state.moves.values()}, shared(state)
    found = ((plan, on.get(plan.id)) for plan in state.office.situations)
    return tuple(
        b.SituationLine(
            id=plan.id,
            names=plan.names,
            key=shown(one, twice) if one else None,
            since=at_or_none(one.at if one else None),
            until=at_or_none(one.until if one else None),
        )
        for plan, one in found
    )


def rules(state: State) -> tuple[b.RuleLine, ...]:
    twice = shared(state)
    return tuple(
        b.RuleLine(
            id=rule.id,
            service=rule.service,
            over_minutes=rule.over_minutes,
            under_minutes=rule.under_minutes,
            counters=rule.counters,
            take=rule.take or (rule.service,),
            on=is_on(state, rule),
            acting=(moves := of_rule(state, rule.id)) is not None,
            key=shown(moves, twice) if moves is not None else None,
            quiet=acting(rule.id) in state.quiet,
            written=state.written.get(rule.id) is rule,
        )
        for rule in rules_of(state)
    )


def rules_of_authors(sheet: Sheet, *authors: str) -> tuple[b.RuleLine, ...]:
    """The rules among the authors of some moves, for who wants to know their names."""
    named = [by for by in authors if by.startswith("rule:")]
    if not named:
        return ()
    return tuple(one for one in sheet.kept("rules", lambda: rules(sheet.state)) if f"rule:{one.id}" in named)


def helpers(state: State, *, called: bool) -> tuple[b.HelperLine, ...]:
    """The helpers of the office file, each with when and where they help; `called`: only those who were called in."""
    called_in = {name: with_set.helper(state, one) for name, one in state.helpers.items()}
    found = ((plan, called_in.get(plan.id)) for plan in state.office.helpers)
    return tuple(
        b.HelperLine(
            id=plan.id,
            names=plan.names,
            since=at_or_none(one.since if one else None),
            until=at_or_none(one.until if one else None),
            counter=one.counter if one else None,
        )
        for plan, one in found
        if one is not None or not called
    )
