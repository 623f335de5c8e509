"""What citizens are told of their appointments: that one is booked, moved or cancelled, and a reminder. Owned by `post`, on the
sending node.

It compares what was told with the state, not with single events: nothing is missed while no node sends, and whoever was moved
twice gets one letter. A letter is written down together with what it tells, and names an appointment, never an address.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from hashlib import sha256

from msgspec.json import decode, encode
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.letters.outbox import What
from server.letters.tables import letters
from server.messages.instants import HOUR, MINUTE
from server.messages.value import Value
from server.office.boards import Visitors, minutes_of
from server.office.hours import day_of
from server.office.state import State
from server.persons.contacts import ContactNote, Contacts, note_told

VISITS = "visits"
LATEST_MS = HOUR
"""A reminder that would come less than this before the appointment is of no use."""
FRESH_MS = 2 * HOUR
"""Whoever booked less than this before the reminder was due needs none."""
WHOLE_MS = 10 * MINUTE
"""How often every contact is compared with the state, which makes up for a look that was lost."""
STRANGE_MS = MINUTE
"""A contact from another epoch of the log may be of an entry that this node has not read yet; after this time it has."""


class VisitFact(Value):
    """What a letter says of an appointment. No contact data."""

    appointment: str
    sequence: int
    start: int
    minutes: int
    services: tuple[str, ...]
    persons: int
    code: str


class Visits:
    """`wanted(office)`: whether anybody there wants mail, as of the last `look`."""

    def __init__(self, contacts: Contacts, engine: AsyncEngine) -> None:
        self._contacts, self._engine = contacts, engine
        self._offices: set[str] = set()
        self._changed: dict[str, set[str]] = defaultdict(set)
        self._whole: dict[str, int] = {}
        self._refused: dict[str, str] = {}

    def wanted(self, office: str) -> bool:
        return office in self._offices

    def refused(self, office: str) -> str:
        """Whose addresses the mail server refused, by the codes of their appointments; for staff."""
        return self._refused.get(office, "")

    async def look(self) -> None:
        self._offices = await self._contacts.offices()

    def resume(self, office: str) -> None:
        """This node takes over: everybody's last letter is compared with the state."""
        self._whole.pop(office, None)

    def changed(self, office: str, appointments: Iterable[str]) -> None:
        """The log says that something happened to these."""
        self._changed[office].update(appointments)

    async def write_down(self, office: str, state: State, now: int) -> int:
        """Writes the letters that are due now. Returns how many."""
        changed = self._changed.pop(office, set())
        try:
            notes = await self._to_compare(office, state, now, changed)
            done = 0
            for note in notes:
                if _behind(note, state, now):
                    self._changed[office].add(note.appointment)
                elif note.over:
                    await self._end(note)
                else:
                    done += await self._compare(note, state, now)
            self._refused[office] = _codes(state, await self._contacts.refused(office))
        except BaseException:
            self._changed[office] |= changed
            raise
        return done

    async def _to_compare(self, office: str, state: State, now: int, changed: Collection[str]) -> list[ContactNote]:
        if abs(now - self._whole.get(office, -WHOLE_MS)) >= WHOLE_MS:
            notes = await self._contacts.every(office)
            self._whole[office] = now
            return notes
        found = [*await self._contacts.untold(office), *await self._contacts.named(office, changed)]
        before = state.office.appointments.remind_hours * HOUR
        if before:
            found += await self._contacts.unreminded(office, now, now + before)
        return list({note.appointment: note for note in found}.values())

    async def _compare(self, note: ContactNote, state: State, now: int) -> bool:
        told = None if note.told is None else decode(note.told, type=VisitFact)
        one = state.appointments.get(note.appointment)
        if one is None:
            if told is None:
                await self._contacts.forget(note.office, note.appointment)
            elif told.start > now:
                return await self._write(note, "cancelled", _next(told), now, over=True)
            return False
        if one.ticket is not None or one.start <= now:
            return False
        fact = fact_of(state, note.appointment)
        if told is None or told.start != fact.start:
            day = day_of(state.office, fact.start)
            changed = {"told": encode(fact).decode(), "start": fact.start, "day": day, "over": False}
            return await self._write(note, "booked" if told is None else "moved", fact, now, **changed)
        return await self._remind(note, fact, state, now)

    async def _remind(self, note: ContactNote, fact: VisitFact, state: State, now: int) -> bool:
        at = fact.start - state.office.appointments.remind_hours * HOUR
        if at == fact.start or now < at or note.reminded == fact.start:
            return False
        if note.made_at + FRESH_MS > at or now > fact.start - LATEST_MS:
            async with self._engine.begin() as connection:
                await note_told(connection, note, reminded=fact.start)
            return False
        return await self._write(note, "reminder", fact, now, reminded=fact.start)

    async def _write(self, note: ContactNote, what: What, fact: VisitFact, now: int, **changed: object) -> bool:
        row = letter_row(note.office, what, fact, now)
        async with self._engine.begin() as connection:
            if not await note_told(connection, note, **changed):
                return False
            known = select(letters.c.id).where(letters.c.id == row["id"])
            if (await connection.execute(known)).first() is not None:
                return False
            await connection.execute(letters.insert().values(row))
        return True

    async def _end(self, note: ContactNote) -> None:
        """A cancellation that was told, or given up after a day: the contact goes."""
        query = select(letters.c.id).where(
            letters.c.office == note.office,
            letters.c.channel == VISITS,
            letters.c.alert == note.appointment,
            letters.c.done_at.is_(None),
        )
        async with self._engine.connect() as connection:
            waits = (await connection.execute(query.limit(1))).first() is not None
        if not waits:
            await self._contacts.forget(note.office, note.appointment)


def fact_of(state: State, appointment: str) -> VisitFact:
    one = state.appointments[appointment]
    return VisitFact(
        appointment=one.id,
        sequence=one.moved,
        start=one.start,
        minutes=minutes_of(state, Visitors(one.services, one.persons)),
        services=one.services,
        persons=one.persons,
        code=one.code,
    )


def fact_in(body: str) -> VisitFact:
    """What a letter was written for."""
    return decode(body, type=VisitFact)


def letter_row(office: str, what: What, fact: VisitFact, now: int) -> dict[str, object]:
    """A letter as the outbox has it. The same is not written twice."""
    row = fresh_letter("|".join((office, fact.appointment, what, str(fact.sequence), str(fact.start))), now)
    body = encode(fact).decode()
    return row | {
        "office": office,
        "channel": VISITS,
        "alert": fact.appointment,
        "since": 0,
        "what": what,
        "body": body,
    }


def fresh_letter(name: str, now: int) -> dict[str, object]:
    """What every letter begins with; the same name makes the same letter, so it is not written twice."""
    return {
        "id": f"msg_{sha256(name.encode()).hexdigest()[:32]}",
        "made_at": now,
        "due_at": now,
        "tries": 0,
        "sent": False,
        "fault": "",
    }


def _behind(note: ContactNote, state: State, now: int) -> bool:
    """Whether this node may not know the appointment yet that another node noted."""
    if note.epoch == state.epoch:
        return state.seq < note.seq
    return abs(now - note.made_at) < STRANGE_MS


def _next(told: VisitFact) -> VisitFact:
    return VisitFact(
        appointment=told.appointment,
        sequence=told.sequence + 1,
        start=told.start,
        minutes=told.minutes,
        services=told.services,
        persons=told.persons,
        code=told.code,
    )


def _codes(state: State, appointments: Iterable[str]) -> str:
    codes = [state.appointments[name].code for name in appointments if name in state.appointments]
    more = f" and {len(codes) - 5} more" if len(codes) > 5 else ""
    return f"the mail server refuses the address of {', '.join(codes[:5])}{more}" if codes else ""
