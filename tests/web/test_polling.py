"""Printers that fetch their tickets from the server: one paper or none whatever gets lost, and every state is told."""

import asyncio
import io
from typing import Any

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from server.messages import commands as c
from server.messages.actor import SYSTEM
from server.messages.office import Kiosk, Printer
from server.ticket_drawing import TicketDrawing
from server.web import cloudprnt, direct_print
from tests.web.conftest import House
from tests.web.polling_printers import CloudPrnt, DirectPrint

STAR, EPSON = "star", "epson"


@pytest.fixture
async def office(house: House) -> House:
    """Its kiosks print at printers that ask for their tickets."""
    made = house.desk.state.office
    printers = (
        Printer(id=STAR, name="Star", kind="cloudprnt"),
        Printer(id=EPSON, name="Epson", kind="direct_print", width_mm=58),
    )
    kiosks = tuple(Kiosk(id=f"at-{name}", name=name, printer=name) for name in (STAR, EPSON))
    made = replace(
        made, revision=made.revision + 1, printers=(*made.printers, *printers), kiosks=(*made.kiosks, *kiosks)
    )
    await house.desk.submit(SYSTEM, c.ConfigureOffice(office=made), "polling", None, None)
    object.__setattr__(house.site, "drawing", TicketDrawing())
    return house


async def address(house: House, printer: str) -> str:
    return f"{house.url}/poll/mitte/{printer}/{await house.token('printer', printer)}"


@pytest.fixture
async def star(office: House) -> CloudPrnt:
    return CloudPrnt(office.client, await address(office, STAR))


@pytest.fixture
async def epson(office: House) -> DirectPrint:
    return DirectPrint(office.client, await address(office, EPSON))


async def issued(house: House, printer: str) -> str:
    """Draws a ticket at its kiosk; the job."""
    answer = await house.press(
        "kiosk", f"at-{printer}", type="issue_ticket", services=["ausweis"], kiosk=f"at-{printer}"
    )
    assert answer.status_code == 200, answer.text
    return next(reversed(house.desk.state.prints))


def state(house: House, job: str) -> tuple[str, str | None]:
    made = house.desk.state.prints[job]
    return made.state, made.reason


def seen(house: House, printer: str) -> tuple[Any, Any]:
    report = house.site.hub.reports.seen("mitte")[f"printer:{printer}"]
    return report["state"], report["reason"]


def link_on(image: Image.Image) -> str:
    (read,) = zxingcpp.read_barcodes(image.convert("L"))
    return str(read.text)


# Star CloudPRNT


@pytest.mark.parametrize("token", [True, False])
async def test_a_star_printer_fetches_prints_and_confirms(office: House, star: CloudPrnt, token: bool) -> None:
    """Also one whose firmware knows no job tokens."""
    star.token = token
    assert not await star.turn()
    job = await issued(office, STAR)
    assert await star.poll()
    picture = await star.load()
    assert state(office, job) == ("sent", None)
    assert picture is not None
    star.print(picture)
    await star.confirm()

    assert state(office, job) == ("confirmed", None)
    assert seen(office, STAR) == ("ok", None)
    (paper,) = star.papers
    with Image.open(io.BytesIO(paper)) as image:
        assert link_on(image).startswith("https://aufruf.example/t/mitte.")
    assert not await star.turn()


async def test_several_tickets_come_out_one_after_another(office: House, star: CloudPrnt) -> None:
    jobs = [await issued(office, STAR) for _ in range(3)]
    turns = [await star.turn() for _ in range(4)]

    assert turns == [True, True, True, False]
    assert len({*star.papers}) == 3
    assert [state(office, job)[0] for job in jobs] == ["confirmed"] * 3


async def test_a_ticket_that_is_loaded_again_before_it_is_printed_is_the_same(office: House, star: CloudPrnt) -> None:
    """The guide wants a second GET to give the same data until the printer polls again."""
    await issued(office, STAR)
    await star.poll()
    first, again = await star.load(), await star.load()

    assert first is not None
    assert first == again


@pytest.mark.parametrize("token", [True, False])
async def test_a_printer_that_lost_its_power_gets_no_second_paper(office: House, star: CloudPrnt, token: bool) -> None:
    """It had printed, and never said so: after the next poll nobody knows, and it gets the next ticket, not the same."""
    star.token = token
    job = await issued(office, STAR)
    await star.poll()
    first = await star.load()
    assert not await star.poll()

    assert state(office, job) == ("unknown", "no_answer")
    assert first is not None
    assert await star.load() is None
    other = await issued(office, STAR)
    assert await star.turn()
    assert (state(office, job)[0], state(office, other)[0], len(star.papers)) == ("unknown", "confirmed", 1)


async def test_a_confirmation_that_comes_late_counts(office: House, star: CloudPrnt) -> None:
    job = await issued(office, STAR)
    await star.poll()
    await star.load()
    named = star.job
    await star.poll()
    assert state(office, job)[0] == "unknown"
    star.job = named
    await star.confirm()
    await star.confirm()

    assert state(office, job) == ("confirmed", None)


async def test_while_it_prints_it_gets_no_other_and_nothing_is_given_up(office: House, star: CloudPrnt) -> None:
    job, other = await issued(office, STAR), await issued(office, STAR)
    await star.poll()
    await star.load()

    assert not await star.poll(busy=True)
    assert (state(office, job)[0], state(office, other)[0]) == ("sent", "requested")


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("200 OK", ("confirmed", None)),
        ("OK", ("confirmed", None)),
        ("211 Paper low", ("confirmed", None)),
        ("510 Incompatible", ("failed", "error")),
        ("520 Timeout", ("failed", "error")),
        ("410 Paper out", ("unknown", "paper_out")),
        ("420", ("unknown", "cover_open")),
        ("", ("unknown", "error")),
    ],
)
async def test_what_a_star_printer_says_at_the_end(
    office: House, star: CloudPrnt, code: str, outcome: tuple[str, str | None]
) -> None:
    job = await issued(office, STAR)
    await star.poll()
    await star.load()
    await star.confirm(code)

    assert state(office, job) == outcome
    assert await star.load() is None


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("211 Paper low", "paper_low"),
        ("221", "ok"),
        ("410 Out of paper", "paper_out"),
        ("411 Jam", "error"),
        ("4205 Cover", "cover_open"),
        ("511", "error"),
        ("", "error"),
    ],
)
async def test_a_star_printer_that_cannot_print_gets_nothing_and_the_kiosk_knows(
    office: House, star: CloudPrnt, status: str, said: str
) -> None:
    job = await issued(office, STAR)
    star.status = status
    able = said in ("ok", "paper_low")

    assert await star.poll() is able
    assert seen(office, STAR) == (said, None if able else said)
    assert state(office, job) == (("requested", None) if able else ("failed", said))
    star.status = "200 OK"
    assert await star.poll() is able, "its owner has read that no paper comes"


async def test_two_printers_with_one_address_print_a_ticket_once(office: House, star: CloudPrnt) -> None:
    """Somebody copied the settings of one printer to another: of two loads at the same moment one gets the ticket."""
    twin = CloudPrnt(star.client, star.url, mac="00:11:62:00:00:02")
    await issued(office, STAR)
    await star.poll()
    await twin.poll()
    found = await asyncio.gather(star.load(), twin.load())
    papers = [picture for picture in found if picture is not None]

    assert len(papers) == 1
    assert [made.state for made in office.desk.state.prints.values()] == ["sent"]


async def test_another_format_is_refused(office: House, star: CloudPrnt) -> None:
    job = await issued(office, STAR)
    await star.poll()

    assert await star.load("text/plain") is None
    assert state(office, job) == ("requested", None)


# Epson Server Direct Print


async def test_an_epson_printer_asks_prints_and_tells(office: House, epson: DirectPrint) -> None:
    assert await epson.ask() is None
    assert seen(office, EPSON) == ("no_status", None)
    job = await issued(office, EPSON)
    found = await epson.ask()
    assert found is not None
    assert (found[0], state(office, job)) == (job, ("sent", None))
    epson.print(found[1])
    await epson.tell(job)

    assert state(office, job) == ("confirmed", None)
    assert seen(office, EPSON) == ("ok", None)
    assert epson.papers[0].width == 384
    assert link_on(epson.papers[0]).startswith("https://aufruf.example/t/mitte.")
    assert await epson.ask() is None


async def test_an_epson_ticket_whose_answer_was_lost_is_never_sent_again(office: House, epson: DirectPrint) -> None:
    job = await issued(office, EPSON)
    assert await epson.ask() is not None
    assert await epson.ask() is None

    assert state(office, job) == ("unknown", "no_answer")
    await epson.tell(job)
    assert state(office, job) == ("confirmed", None), "the result came after all"


@pytest.mark.parametrize(
    ("code", "status", "outcome", "printer"),
    [
        ("EPTR_REC_EMPTY", 0, ("unknown", "paper_out"), "paper_out"),
        ("EPTR_COVER_OPEN", 0x20, ("unknown", "cover_open"), "cover_open"),
        ("EPTR_CUTTER", 0x800, ("unknown", "cutter"), "cutter"),
        ("EX_TIMEOUT", 0x80000, ("unknown", "paper_out"), "paper_out"),
        ("SchemaError", 0, ("failed", "error"), "error"),
        ("EX_BADPORT", 1, ("unknown", "error"), "error"),
    ],
)
async def test_what_an_epson_printer_says_when_it_failed(
    office: House, epson: DirectPrint, code: str, status: int, outcome: tuple[str, str], printer: str
) -> None:
    job = await issued(office, EPSON)
    await epson.ask()
    await epson.tell(job, success=False, code=code, status=status)

    assert state(office, job) == outcome
    assert seen(office, EPSON) == (printer, printer)


async def test_low_paper_is_told_with_the_result(office: House, epson: DirectPrint) -> None:
    job = await issued(office, EPSON)
    await epson.ask()
    await epson.tell(job, status=0x20002)

    assert (state(office, job), seen(office, EPSON)) == (("confirmed", None), ("paper_low", None))


@pytest.mark.parametrize(
    "said", ["", "<x", "<other/>", '<!DOCTYPE x [<!ENTITY a "b">]><PrintResponseInfo/>', "<PrintResponseInfo/>"]
)
async def test_odd_results_change_nothing(office: House, epson: DirectPrint, said: str) -> None:
    job = await issued(office, EPSON)
    await epson.ask()
    form = {"ConnectionType": "SetResponse", "ID": "", "ResponseFile": said}
    answer = await office.client.post(epson.url, data=form)

    assert answer.status_code == (200 if said == "<PrintResponseInfo/>" else 422)
    assert state(office, job) == ("sent", None)


async def test_a_result_for_somebody_elses_ticket_changes_nothing(
    office: House, epson: DirectPrint, star: CloudPrnt
) -> None:
    job = await issued(office, STAR)
    await star.poll()
    await star.load()
    await epson.tell(job, success=False, code="EX_TIMEOUT")
    await epson.tell("nobodys")

    assert state(office, job) == ("sent", None)


# who may


async def test_only_the_printers_own_key_opens_its_address(office: House, star: CloudPrnt) -> None:
    await issued(office, STAR)
    keys = [
        "x",
        await office.token("printer", EPSON),
        await office.token("printer", "entrance"),
        await office.token("printer", STAR, ("rathaus",)),
        await office.token("kiosk", STAR),
        await office.token("admin"),
    ]
    for key in keys:
        for method in ("GET", "POST", "DELETE"):
            answer = await office.client.request(method, f"{office.url}/poll/mitte/{STAR}/{key}", json={})
            assert answer.status_code == 404, (method, key)
    entrance = f"{office.url}/poll/mitte/entrance/{await office.token('printer', 'entrance')}"
    assert (await office.client.post(entrance, json={})).status_code == 404, "its agent prints for it"
    citizens = star.url.replace(office.url, office.citizens)
    assert (await office.client.post(citizens, json={"statusCode": "200"})).status_code == 404


async def test_a_ticket_that_cannot_be_drawn_is_told_and_holds_up_no_other(
    office: House, star: CloudPrnt, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OnlyEven(TicketDrawing):
        async def drawn(self, ticket: Any, width_mm: int, large: bool) -> Any:
            return None if ticket["number"] == "A001" else await super().drawn(ticket, width_mm, large)

    object.__setattr__(office.site, "drawing", OnlyEven())
    star.token = False
    bad, good = await issued(office, STAR), await issued(office, STAR)

    assert await star.turn()
    assert (state(office, bad), state(office, good)) == (("failed", "undrawable"), ("confirmed", None))


def test_missing_and_null_fields_of_a_poll_are_usual() -> None:
    assert cloudprnt.poll_of({"statusCode": "200%20OK", "printingInProgress": None}) == ("ok", False)
    assert cloudprnt.poll_of({}) == ("error", False)


def test_a_status_that_is_no_number_says_nothing() -> None:
    xml = (
        "<PrintResponseInfo><ePOSPrint><Parameter><printjobid>j</printjobid></Parameter>"
        '<PrintResponse><response success="1" status="9x"/></PrintResponse></ePOSPrint></PrintResponseInfo>'
    )
    assert direct_print.results(xml) == [direct_print.Result("j", "confirmed", None, "ok")]
