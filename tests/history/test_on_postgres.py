"""The same database on a real PostgreSQL: tables, historian, fence, forks, access. Skipped where it is not installed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.access import Access
from server.access.accounts import TooMany
from server.access.ended import of_session
from server.access.installation import installation_key
from server.access.known import Known
from server.access.tables import ACCESS
from server.access.uses import Uses
from server.clock import Clock
from server.forecast.learn import learn
from server.forecast.model import cold
from server.history import models
from server.history.database import close_database, open_database
from server.history.derive import Book
from server.history.historian import Historian
from server.history.past import past
from server.history.position import position
from server.history.reports import Reports
from server.history.shelf import Shelf
from server.history.tables import HISTORY, entries, visits
from server.history.visit import Visit
from server.letters.tables import LETTERS
from server.log.memory_log import MemoryLog
from server.log.port import Row
from server.messages import events as e
from server.messages.events import decode, encode
from server.messages.facts import Ticket
from server.messages.instants import DAY, MINUTE
from server.messages.office import Office
from server.notes.notes import Notes
from server.notes.tables import NOTES
from server.persons.tables import PERSONS
from tests.postgres import postgres

Live = Callable[..., tuple[list[Row], dict[str, Ticket]]]
GOOD = "Kaffee um halb zehn"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    with postgres() as folder:
        yield folder


@pytest.fixture
def url(cluster: Path) -> str:
    return f"postgresql://aufruf@/postgres?host={cluster}"


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    one, two = await asyncio.gather(open_database(url), open_database(url))
    await close_database(two)
    yield one
    async with one.begin() as connection:
        for table in reversed(
            [
                *HISTORY.sorted_tables,
                *ACCESS.sorted_tables,
                *NOTES.sorted_tables,
                *LETTERS.sorted_tables,
                *PERSONS.sorted_tables,
            ]
        ):
            await connection.execute(table.delete())
    await close_database(one)


async def test_the_migrations_make_the_tables_that_the_rooms_use(engine: AsyncEngine) -> None:
    rooms = [HISTORY, ACCESS, NOTES, LETTERS, PERSONS]

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), rooms))  # type: ignore[arg-type]

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_two_historians_write_once_and_a_fork_is_followed(
    engine: AsyncEngine, other_engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    rows, _ = live(17, 120, days=2)
    log.store.add("mitte", rows)
    both = [Historian(engine, log, clock, rows=20), Historian(other_engine, log, clock, rows=30)]
    for _ in range(3):
        await asyncio.gather(*(one.catch_up("mitte") for one in both))
    await is_whole(engine, rows)

    changed = e.EpochChanged(v=1, at=rows[0].seq, by="system", key="k", epoch="after", reason="fork")
    log.store.rows["mitte"] = forked = [*rows[:40], Row(41, "forkforkfork", encode(changed))]
    for one in both:
        await one.catch_up("mitte")
    await is_whole(engine, forked)

    log.store.rows["mitte"] = rows
    for one in both:
        await one.catch_up("mitte")
    await is_whole(engine, rows)


async def is_whole(engine: AsyncEngine, rows: list[Row]) -> None:
    stands = await position(engine, "mitte")
    assert stands is not None
    assert (stands.seq, stands.mark) == (rows[-1].seq, rows[-1].mark)
    book = Book()
    for row in rows:
        book.fold(decode(row.body), row.seq)
    assert await stored(engine) == book.visits


async def stored(engine: AsyncEngine) -> dict[str, Visit]:
    async with engine.connect() as connection:
        names = [row.ticket for row in await connection.execute(select(visits.c.ticket))]
        living = select(entries.c.seq).where(entries.c.voided.is_(False)).order_by(entries.c.seq)
        seqs = [row.seq for row in await connection.execute(living)]
        assert seqs == list(range(1, len(seqs) + 1)), "nothing missing, nothing doubled"
        return {visit.ticket: visit for visit in await Shelf(connection, "mitte", 1).load(names)}


async def test_a_report(engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live, office: Office) -> None:
    rows, facts = live(17, 120)
    log.store.add("mitte", rows)
    await Historian(engine, log, clock).catch_up("mitte")

    report = await Reports(engine).day(office, "2026-11-22")

    assert report.days == ("2026-11-22",)
    assert report.total.served == sum(fact.state == "finished" for fact in facts.values())


async def test_access(engine: AsyncEngine, other_engine: AsyncEngine, clock: Clock) -> None:
    keys = await asyncio.gather(*(installation_key(one) for one in (engine, other_engine) for _ in range(4)))
    assert len({key.derived("x") for key in keys}) == 1
    here, there = [await Access.open(one, clock, lambda office: "2026-11-22") for one in (engine, other_engine)]

    secret, token = await here.tokens.create("kiosk", ["mitte"], device="entrance")
    assert await there.tokens.verify(secret) == token
    await there.tokens.note_uses()
    assert (await here.tokens.list())[0].used_at == clock.now_ms()
    assert await there.tokens.revoke(token.id)
    assert await there.tokens.verify(secret) is None

    first = await here.first_link.fresh()
    assert first is not None
    redeemed = await asyncio.gather(*(one.first_link.redeem(first) for one in (here, there)))
    (account,) = [one for one in redeemed if one is not None]
    await here.accounts.set_name_and_password(account.id, "Leitung", GOOD)
    signed_in = await there.accounts.sign_in("leitung", GOOD, "192.0.2.7")
    assert signed_in is not None

    uses = [Uses(one, clock, idle_ms=MINUTE) for one in (engine, other_engine)]
    for one in uses:
        one.use("a session")
    await asyncio.gather(*(one.note() for one in uses))
    assert await Uses(engine, clock, idle_ms=MINUTE).idle({("a session", 0), ("another", 0)}) == {"another"}

    session = there.sessions.read(there.sessions.begin(signed_in))
    assert session is not None
    await asyncio.gather(*(one.sessions.end(session) for one in (here, there)))
    started_anew = await Access.open(engine, clock, lambda office: "2026-11-22")
    await started_anew.ended.look()
    assert started_anew.ended.has(of_session(session.id))

    ids = await asyncio.gather(
        *(one.sign_ins.of("mitte", account.id, "2026-11-22") for one in (here, there) for _ in range(4))
    )
    assert len(set(ids)) == 1
    notes, others = (Notes(one, clock) for one in (engine, other_engine))
    await asyncio.gather(*(one.put("mitte", "k1", "2026-11-22", "Notiz") for one in (notes, others)))
    await notes.forget_day("mitte", "2026-11-22")
    assert await others.all_of("mitte") == {}


async def test_what_two_nodes_note_of_their_offices_is_one_row(
    engine: AsyncEngine, other_engine: AsyncEngine, office: Office
) -> None:
    both = [Known(one) for one in (engine, other_engine)]
    await asyncio.gather(*(one.note(office, also_before=True) for one in both for _ in range(3)))
    await asyncio.gather(*(one.note_address("https://warten.example.de") for one in both))

    assert set(await both[0].offices()) == {office.id}
    assert await both[1].address() == "https://warten.example.de"


async def test_a_colleagues_newer_link_ends_the_older_one(engine: AsyncEngine, clock: Clock) -> None:
    access = await Access.open(engine, clock, lambda office: "2026-11-22")
    account = await access.accounts.create("meyer", None, [("clerk", "mitte")])
    older = await access.first_link.for_account(account.id)
    newer = await access.first_link.for_account(account.id)

    assert await access.first_link.redeem(older) is None
    assert await access.first_link.redeem(newer) == account
    assert await access.first_link.redeem(newer) is None


async def test_guessing_at_once_on_two_nodes_gains_nothing(
    engine: AsyncEngine, other_engine: AsyncEngine, clock: Clock
) -> None:
    nodes = [await Access.open(one, clock, lambda office: "2026-11-22") for one in (engine, other_engine)]

    tries = [node.accounts.sign_in("meyer", "wrong password", "192.0.2.7") for node in nodes for _ in range(5)]
    answers = await asyncio.gather(*tries, return_exceptions=True)

    assert [type(answer) for answer in answers if not isinstance(answer, TooMany)] == [type(None)] * 5


async def test_the_past_and_the_models_are_kept_here_too(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    office = "learner"
    log.store.add(office, live(5, 300, days=2, name=office)[0])
    await Historian(engine, log, clock).catch_up(office)

    found = await past(engine, office, clock.now_ms() + 4 * DAY)
    assert found is not None
    assert len(found.visits) > 9
    model = learn(found.visits, cold(found.office))
    await models.keep(engine, office, model, found.day, clock.now_ms())
    await models.keep(engine, office, model, found.day, clock.now_ms())

    assert await models.kept(engine, office, [model.version]) == {model.version: model}
