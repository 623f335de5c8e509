"""The office's own picture at the top of its tickets: from its file to the paper, and never at the cost of the ticket."""

import io
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from msgspec import to_builtins
from msgspec.structs import replace
from PIL import Image

from config.loader import read
from config.office_files import find
from config.own_files import TICKET_LOGO_BYTES, ticket_logo
from server.own_files import FilesBeside
from server.ticket_drawing import TicketDrawing
from ticket_printer.picture import picture
from ticket_printer.preview import preview
from ticket_printer.ticket import PaperTicket


def png(width: int = 300, height: int = 100, colour: int = 0) -> bytes:
    file = io.BytesIO()
    Image.new("L", (width, height), colour).save(file, "PNG")
    return file.getvalue()


def black_box(image: Image.Image, height: int) -> tuple[int, int, int, int] | None:
    """What is black in the first rows."""
    return image.crop((0, 0, image.width, height)).convert("L").point(lambda grey: 255 - grey).getbbox()


def office_file(folder: Path, logo: bytes | None = None) -> Path:
    file = folder / "mitte.toml"
    text = find("mitte").read_text(encoding="utf-8")
    file.write_text(f'{text}\n[theme]\nticket_logo = "logo.png"\n', encoding="utf-8")
    if logo is not None:
        (folder / "logo.png").write_bytes(logo)
    return file


def test_the_logo_of_the_file_is_at_the_top(tmp_path: Path) -> None:
    file = office_file(tmp_path, png())
    reading = read(file)
    beside = FilesBeside({}, {"mitte": reading.own})

    assert reading.office is not None
    assert beside.ticket_logo("mitte") == b64encode(png()).decode()
    with (
        Image.open(preview(file, tmp_path / "with.png")) as image,
        Image.open(preview(find("mitte"), tmp_path / "without.png")) as without,
    ):
        assert image.height > without.height
        left, top, right, bottom = black_box(image, 120) or (0, 0, 0, 0)
        assert (right - left, bottom - top) == (260, 87), "half as wide as the paper"
        assert left + right == image.width, "in the middle"
        assert len(zxingcpp.read_barcodes(image.convert("L"))) == 1


async def test_a_changed_file_is_read_again_and_one_that_is_gone_costs_no_ticket(tmp_path: Path) -> None:
    file = office_file(tmp_path, png())
    beside = FilesBeside({}, {"mitte": read(file).own})
    drawing = TicketDrawing(beside.ticket_logo)
    office = read(file).office
    assert office is not None
    heights = []
    for logo in (png(), png(300, 40), b"no picture", None):
        path = tmp_path / "logo.png"
        path.unlink()
        if logo is not None:
            path.write_bytes(logo)
        drawn = await drawing.sample(office, "de", 80, False)
        assert drawn is not None
        heights.append(drawn.height)
        if logo is None:
            break

    assert heights[0] > heights[1] > heights[2] == heights[3]


@pytest.mark.parametrize("width_mm", [58, 80, 105])
@pytest.mark.parametrize("large", [False, True])
def test_it_fits_on_every_paper(a_ticket: Callable[..., PaperTicket], width_mm: int, large: bool) -> None:
    plain = a_ticket()
    with_logo = picture(replace(plain, logo=png(1_200, 1_200)), width_mm, large=large)
    without = picture(plain, width_mm, large=large)

    assert with_logo.width == without.width
    assert without.height < with_logo.height < without.height + with_logo.width
    assert len(zxingcpp.read_barcodes(with_logo.convert("L"))) == 1


@pytest.mark.parametrize("logo", [b"", b"no picture", png()[:60], png(1_201, 9)])
def test_what_is_no_picture_is_left_out(a_ticket: Callable[..., PaperTicket], logo: bytes) -> None:
    assert picture(replace(a_ticket(), logo=logo)).tobytes() == picture(a_ticket()).tobytes()


async def test_it_comes_with_the_job(a_ticket: Callable[..., PaperTicket]) -> None:
    """As the printer's board holds it: base64 in JSON."""
    plain = await TicketDrawing().drawn(to_builtins(a_ticket()), 80, False)
    job = {**to_builtins(a_ticket()), "logo": b64encode(png()).decode()}
    drawn = await TicketDrawing().drawn(job, 80, False)

    assert plain is not None
    assert drawn is not None
    assert drawn.height > plain.height


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (png(), None),
        (png()[:20] + (2_000).to_bytes(4) + png()[24:], "has a side of 2000 pixels"),
        (b"x", "is no PNG picture"),
        (png() + b"\0" * TICKET_LOGO_BYTES, "is over 30,000 bytes"),
        (None, "cannot be read"),
    ],
)
def test_check_says_why_none_is_printed(tmp_path: Path, body: bytes | None, fault: str | None) -> None:
    reading = read(office_file(tmp_path, body))
    warned = [warning.reason for warning in reading.warnings if warning.table == "theme"]

    assert reading.office is not None, "the office opens without a logo too"
    assert (warned == []) is (fault is None)
    assert fault is None or fault in warned[0]
    assert bool(ticket_logo(tmp_path / "logo.png").picture) is (fault is None)
