"""Data is really deleted: two days after a day, every store, folder and log is searched for what must be gone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from sqlalchemy import Table, func, insert, literal, select
from structlog.testing import capture_logs

from server import ticket_pictures
from server.access.known import Known
from server.access.leaps import RUN_MS, STEP_MS, Leaps, Rest, looked
from server.access.tables import sign_ins
from server.deletion import Deletion, told
from server.history.tables import calls, entries, positions, visits
from server.letters.phones import Phone, PhoneBook
from server.messages.instants import DAY
from server.messages.office import Keeping
from server.notes.tables import notes
from server.persons.contacts import Booked, Contacts
from server.persons.sealing import Sealing
from server.persons.tables import contacts, wishes
from server.persons.wishes import Wish, Wishes
from tests.contract.conftest import HistoryOf
from tests.contract.house import House, Stand
from tests.letters.handset import Handset
from ticket_printer.folder_printer import FolderPrinter

NOTE = "kommt um elf wieder"
MAIL = "erika.mustermann@example.org"
WISHED, PHONE = "ali.muster@example.org", "+49 30 90180999"
FEW_DAYS = "[keeping]\nentries = 1\nvisits = 3\ncalls = 3\n"


def deletion_of(house: House, folder: Path, serves: str = "amt") -> Deletion:
    node, rewritten = house.nodes[0], []

    async def rewrite() -> None:
        rewritten.append(True)

    return Deletion(
        *(folder, house.engine, node.site.access, node.site.notes, {serves: node.desk}, house.clock),
        trimmed=lambda office: node.tender.trimmed,
        rewrite=rewrite,
    )


def everything(house: House, folder: Path) -> Iterator[tuple[str, bytes]]:
    """All bytes that the installation stores."""
    for row in house.store.rows["amt"]:
        yield f"entry {row.seq}", row.body
    for name, (_, blob) in house.store.snapshots.items():
        yield f"snapshot of {name}", blob
    for file in folder.rglob("*"):
        if file.is_file():
            yield str(file.relative_to(folder)), file.read_bytes()


def places(house: House, folder: Path, secret: str) -> list[str]:
    return [name for name, kept in everything(house, folder) if secret.encode() in kept]


async def paper(house: House, folder: Path, job: str) -> None:
    """What a printer of kind `file` leaves: a picture with the link on it, dated by the office's clock."""
    printed = await FolderPrinter(folder / "tickets", "amt").print(job, Image.new("1", (384, 200), 1))
    assert printed.state == "confirmed"
    for file in (folder / "tickets").glob(f"*{job}*"):
        os.utime(file, ns=(house.clock.now_ms() * 1_000_000,) * 2)


async def lived(house: House, folder: Path) -> dict[str, str]:
    """A day with everything in it that must be deleted; returns what to search for."""
    house.file = house.nodes[0].desk.state.office
    ticket = await house.issue("pass")
    await house.open("1")
    assert await house.next("1") == ticket["number"]
    path = f"{house.path}/tickets/{ticket['id']}/note"
    assert (await house.client.put(path, json={"text": NOTE}, headers=await house.bearer("clerk"))).status_code == 200
    clerk = await house.nodes[0].site.access.tokens.verify(await house.token("clerk"))
    await paper(house, folder, "0123456789abcdef")
    (folder / "tickets" / "Urlaub.png").write_bytes(b"somebody's own")
    desk = house.nodes[0].desk
    phone = Phone(**Handset("https://fcm.googleapis.com/x").wanted(), id="one", office="amt", ticket=ticket["id"])
    await PhoneBook(house.engine).put("amt", ticket["id"], desk.state.day or "", phone, desk.now())
    about = Booked(
        office="amt",
        appointment="one",
        day=desk.state.day or "",
        start=desk.now(),
        epoch=desk.state.epoch,
        seq=desk.state.seq,
    )
    await Contacts(house.engine, Sealing(folder.parent / "contacts.key")).put(about, MAIL, "de", desk.now())
    async with house.engine.connect() as connection:
        sealed = (await connection.execute(select(contacts.c.sealed, contacts.c.mark))).one()
    wished = await wished_for(house, folder, desk.state.day or "")
    await desk.keep_snapshot()
    assert clerk is not None
    return {
        "note": NOTE,
        "link": ticket["secret"].rpartition(".")[2],
        "token as a holder": f"token:{clerk.id}",
        "address of a phone": phone.endpoint,
        "key of a phone": phone.auth,
        "mail address": MAIL,
        "sealed mail address": sealed.sealed,
        "hash of a mail address": sealed.mark,
        **wished,
        "sign-in id": desk.state.counters["1"].holder or "",
    }


async def wished_for(house: House, folder: Path, day: str) -> dict[str, str]:
    """Wishes for an appointment until today, one with a mail address and one with a telephone number."""
    kept = Wishes(house.engine, Sealing(folder.parent / "contacts.key"))
    times = {"first": day, "last": day, "begins": "00:00", "ends": "24:00"}
    wish = Wish(id="w1", office="amt", offices=("amt",), services=("pass",), persons=1, turn=1, passed=(), **times)
    await kept.put(wish, WISHED, "de")
    await kept.keep_at_desk(replace(wish, id="w2", turn=2, code="ABC234"), PHONE, "de")
    async with house.engine.connect() as connection:
        first, second = (await connection.execute(select(wishes.c.sealed).order_by(wishes.c.turn))).scalars()
    return {"address of a wish": WISHED, "number of a wish": PHONE, "sealed wish": first, "sealed number": second}


async def days_pass(house: House, folder: Path, history: HistoryOf, deletion: Deletion, days: int) -> None:
    """The office goes on: each midnight a new day; the historian reads, the tender trims, deletion runs."""
    async with history(house) as historian:
        for day in range(days):
            after = house.nodes[0].desk.state.seq
            house.clock.step(hours=24)
            await house.happened("day_opened", after=after)
            await house.issue("pass")
            position = await historian.catch_up("amt")
            house.nodes[0].tender.passed = position.seq
            await house.nodes[0].tender._keep()
            await paper(house, folder, f"{day:016x}")
            await deletion.look()


async def test_two_days_later_nothing_is_left_of_what_goes(stand: Stand, history: HistoryOf, tmp_path: Path) -> None:
    house = await stand(FEW_DAYS)
    deletion = deletion_of(house, tmp_path)
    with capture_logs() as logs:
        secrets = await lived(house, tmp_path)
        assert places(house, tmp_path, secrets["note"])
        assert places(house, tmp_path, secrets["sign-in id"])
        assert places(house, tmp_path, secrets["address of a phone"])
        assert places(house, tmp_path, secrets["sealed mail address"])
        assert places(house, tmp_path, secrets["sealed wish"])
        assert places(house, tmp_path, secrets["sealed number"])
        for plain in ("mail address", "address of a wish", "number of a wish"):
            assert not places(house, tmp_path, secrets[plain])
        await deletion.look()
        assert await house.nodes[0].site.notes.all_of("amt"), "today's notes are still there"
        assert await PhoneBook(house.engine).offices() == {"amt"}, "today's phones too"
        await days_pass(house, tmp_path, history, deletion, 2)

    left = {what: places(house, tmp_path, secret) for what, secret in secrets.items()}
    assert not any(left.values()), left
    assert not [line for line in logs if any(secret in repr(line) for secret in secrets.values())]
    pictures = sorted(file.name for file in (tmp_path / "tickets").iterdir())
    assert pictures == ["Urlaub.png", f"amt-{1:016x}.bin", f"amt-{1:016x}.png"], "today's, and what is not ours"


async def test_a_folder_into_which_nobody_prints_any_more_is_emptied_too(stand: Stand, tmp_path: Path) -> None:
    """Also after a new start: what printed there before is known to no office file any more."""
    house = await stand(FEW_DAYS)
    await lived(house, tmp_path)
    await deletion_of(house, tmp_path).look()
    (printer,) = house.file.printers
    moved = replace(house.file, revision=house.file.revision + 1, printers=(replace(printer, address="file:anderswo"),))
    await house.nodes[0].tender.configure(moved)
    after = house.nodes[0].desk.state.seq
    house.clock.step(hours=24)
    await house.happened("day_opened", after=after)
    await deletion_of(house, tmp_path).look()

    assert house.nodes[0].desk.state.office.printers[0].address == "file:anderswo"
    assert [file.name for file in (tmp_path / "tickets").iterdir()] == ["Urlaub.png"]


async def test_an_office_that_nobody_serves_any_more_goes_by_its_last_file(
    stand: Stand, history: HistoryOf, tmp_path: Path
) -> None:
    house = await stand(FEW_DAYS)
    await lived(house, tmp_path)
    await Known(house.engine).note(house.file)
    async with history(house) as historian:
        await historian.catch_up("amt")
    await deletion_of(house, tmp_path).look()
    other = replace(house.file, id="other", keeping=Keeping(entries=3650, visits=3650, calls=3650))
    await Known(house.engine).note(other)
    async with house.engine.begin() as connection:  # the history and the notes, once more as two other offices'
        for table in (entries, visits, calls, positions, notes):
            for name in ("other", "noted by nobody"):
                columns = [literal(name) if key == "office" else column for key, column in table.c.items()]
                of_amt = select(*columns).where(table.c.office == "amt")
                await connection.execute(insert(table).from_select(list(table.c.keys()), of_amt))

    async def left(table: Table) -> dict[str, int]:
        query = select(table.c.office, func.count()).group_by(table.c.office)
        async with house.engine.connect() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}

    before = {table.name: await left(table) for table in (visits, notes, sign_ins)}
    assert [len(counts) for counts in before.values()] == [3, 3, 1], before
    house.clock.step(hours=24 * 4)
    await deletion_of(house, tmp_path, serves="served").look()

    assert await left(visits) == dict.fromkeys(("other", "noted by nobody"), before["visits"]["amt"])
    assert (await left(notes), await left(sign_ins)) == ({}, {})
    assert [file.name for file in (tmp_path / "tickets").iterdir()] == ["Urlaub.png"]
    assert ticket_pictures.offices(tmp_path) == {"served"}, "a folder without pictures is not remembered"
    said = (await told(tmp_path, None, confirm=False)).splitlines()
    assert [line.partition(": ")[0] for line in said[1:]] == ["office amt", "office noted by nobody", "office other"]
    assert "log stays in the store" in said[1]


async def test_an_office_that_is_served_is_not_told_as_unserved(
    house: House, history: HistoryOf, tmp_path: Path
) -> None:
    deletion = deletion_of(house, tmp_path)
    await days_pass(house, tmp_path, history, deletion, 3)

    assert len((await told(tmp_path, None, confirm=False)).splitlines()) == 1


async def test_each_table_goes_by_its_own_days(stand: Stand, history: HistoryOf, tmp_path: Path) -> None:
    house = await stand(FEW_DAYS)
    deletion = deletion_of(house, tmp_path)
    await lived(house, tmp_path)

    async def oldest() -> list[float | None]:
        async with house.engine.connect() as connection:
            asked = [select(func.min(column)) for column in (entries.c.at, visits.c.issued_at, calls.c.called_at)]
            found = [(await connection.execute(query)).scalar() for query in asked]
        return [None if at is None else (house.clock.now_ms() - at) / DAY for at in found]

    await days_pass(house, tmp_path, history, deletion, 3)
    raw, visit, call = await oldest()
    assert raw is not None
    assert raw <= 1
    assert visit
    assert visit > 2
    assert call
    assert call > 2
    await days_pass(house, tmp_path, history, deletion, 1)
    _, visit, call = await oldest()
    assert visit
    assert visit <= 3
    assert call is None
    assert Keeping().entries < Keeping().visits


async def test_a_leap_of_the_clock_stops_deletion_until_a_day_ran_or_somebody_confirms(
    stand: Stand, history: HistoryOf, tmp_path: Path
) -> None:
    """A machine with an empty battery says 2036. The history must still be there when somebody notices."""
    house = await stand(FEW_DAYS)
    deletion = deletion_of(house, tmp_path)
    await lived(house, tmp_path)
    async with history(house) as historian:
        await historian.catch_up("amt")
    await deletion.look()
    house.clock.step(hours=24 * 400)
    await deletion.look()

    async def kept() -> int:
        async with house.engine.connect() as connection:
            return int((await connection.execute(select(func.count()).select_from(visits))).scalar_one())

    before = await kept()
    assert before
    assert "jumped" in deletion.rests
    assert "paused" in await told(tmp_path, None, confirm=False)
    for _ in range(RUN_MS // STEP_MS - 1):
        house.clock.step(hours=2)
        await deletion.look()
    assert (await kept(), bool(deletion.rests)) == (before, True)

    assert "continues" in await told(tmp_path, None, confirm=True)
    assert "is not paused" in await told(tmp_path, None, confirm=True)
    await deletion.look()
    assert (await kept(), deletion.rests) == (0, "")


@pytest.mark.parametrize(
    ("before", "passed", "resting"),
    [
        (None, 0, False),
        (Rest(seen=0), STEP_MS, False),
        (Rest(seen=0), 6 * DAY, False),
        (Rest(seen=0), 8 * DAY, True),
        (Rest(seen=0), -8 * DAY, True),
        (Rest(seen=0, ran=RUN_MS - STEP_MS, resting=True), STEP_MS, False),
        (Rest(seen=0, ran=0, resting=True), DAY, True),
        (Rest(seen=0, ran=RUN_MS - 1, resting=True), 8 * DAY, True),
    ],
)
def test_what_counts_as_a_leap(before: Rest | None, passed: int, resting: bool) -> None:
    """Forward or back. A day on which the machine was off does not count as a day that ran; a second leap starts again."""
    assert looked(before, passed).resting is resting


async def test_two_nodes_keep_one_memory_of_the_clock(house: House) -> None:
    one, two = Leaps(house.engine), Leaps(house.engine)
    await one.look(1_000)
    assert await two.known() == Rest(seen=1_000)
    assert (await two.look(9 * DAY)).resting
    assert await one.confirm()
    assert not (await two.look(9 * DAY + 1)).resting
