"""Pictograms: every name has a picture for pages and one for paper, and a ticket shows it above the name of its service."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from server.messages.pictograms import PICTOGRAMS
from ticket_printer.faces import coverage, pictogram
from ticket_printer.picture import picture
from ticket_printer.ticket import PaperTicket
from ticket_printer.typesetting import line

ROOT = Path(__file__).parents[2]
PAGES, FONTS = ROOT / "server/web/static/pictograms", ROOT / "ticket_printer/fonts"
Ticket = Callable[..., PaperTicket]


def drawn(sign: str) -> bytes:
    image = Image.new("L", (80, 80), 255)
    line(sign, 48, "sign", "und").draw(image, 10, 5)
    assert ImageChops.invert(image).getbbox(), hex(ord(sign))
    return image.tobytes()


def test_every_name_is_a_picture_on_pages_and_on_paper_and_no_two_are_the_same() -> None:
    assert {file.stem for file in PAGES.glob("*.svg")} == set(PICTOGRAMS)
    assert coverage("Tabler-Pictograms.ttf") >= {ord(pictogram(name)) for name in PICTOGRAMS}
    assert len({drawn(pictogram(name)) for name in PICTOGRAMS}) == len(PICTOGRAMS)


def test_they_bring_their_licence() -> None:
    for file in (PAGES / "LICENSE.txt", FONTS / "MIT-Tabler.txt"):
        assert "MIT License" in file.read_text(encoding="utf-8")
    assert "Tabler" in (ROOT / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.parametrize("width_mm", [58, 80, 105])
def test_a_ticket_shows_it(a_ticket: Ticket, width_mm: int) -> None:
    plain, car, key = (picture(a_ticket(pictograms=names), width_mm) for names in ([], ["car"], ["key"]))

    assert plain.height < car.height == key.height
    assert ImageChops.difference(car.convert("L"), key.convert("L")).getbbox() is not None


def test_a_picture_that_only_a_newer_server_knows_is_left_out(a_ticket: Ticket) -> None:
    plain = picture(a_ticket())

    assert picture(a_ticket(pictograms=["of-tomorrow", None])).tobytes() == plain.tobytes()
