"""Tickets and words for the printer's tests."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fluent.runtime import FluentBundle, FluentResource

from config.words import Words, languages
from tests.ticket_printer.agent_box import NOW, Box
from tests.ticket_printer.fake_printer import FakePrinter
from tests.ticket_printer.fake_server import FakeServer
from ticket_printer.picture import PaperLanguage
from ticket_printer.ticket import Expected, PaperOffice, PaperTicket, Worded

SERVICE: Worded = {
    "de": "Ausweis und Pass",
    "en": "ID card and passport",
    "ar": "بطاقة الهوية وجواز السفر",
    "uk": "Паспорт і посвідчення особи",
    "tr": "Kimlik ve pasaport",
}
PAPERS = {
    "de": ["alter Ausweis", "Foto, höchstens ein Jahr alt"],
    "en": ["old ID card", "photo, not older than one year"],
    "ar": ["الهوية القديمة", "صورة لا يزيد عمرها عن سنة واحدة"],
    "uk": ["старе посвідчення", "фото, не старше одного року"],
    "tr": ["eski kimlik", "en fazla bir yıllık fotoğraf"],
}
URL = "https://warten.example.de/t/mitte.a1b2c3.Zk3vQ8mB1xT0pLrW"


class SampleWords:
    """Words of a language that has no file yet, from `languages/` in this folder."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        source = Path(__file__).parent / "languages" / f"{language}.ftl"
        self._bundle.add_resource(FluentResource(source.read_text(encoding="utf-8")))

    def text(self, name: str, **args: Any) -> str:
        pattern = self._bundle.get_message(name).value
        assert pattern is not None
        said, errors = self._bundle.format_pattern(pattern, args)
        assert not errors
        return str(said)


@pytest.fixture
def words_of() -> Callable[[str], PaperLanguage]:
    """Words by language: the product's if there is a file, else the sample."""
    return lambda language: Words(language) if language in languages() else SampleWords(language)


@pytest.fixture
def a_ticket() -> Callable[..., PaperTicket]:
    """A ticket with everything on it; name the fields that should differ."""

    def make(**changes: Any) -> PaperTicket:
        whole: dict[str, Any] = {
            "number": "A017",
            "services": [SERVICE],
            "office": PaperOffice("Bürgerbüro Mitte"),
            "issued_at": datetime(2026, 11, 23, 9, 21, tzinfo=UTC),
            "ahead": 3,
            "expected": Expected(20, 25, 30),
            "leave_until": datetime(2026, 11, 23, 9, 35, tzinfo=UTC),
            "url": URL,
            "code": "AB3K",
            "papers": PAPERS,
        }
        return PaperTicket(**(whole | changes))

    return make


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    one = await FakeServer(lambda: NOW).start()
    yield one
    await one.stop()


@pytest.fixture
async def fake(server: FakeServer) -> AsyncIterator[FakePrinter]:
    printer = await FakePrinter().start()
    server.board["address"] = printer.address
    yield printer
    await printer.stop()


@pytest.fixture
async def box(server: FakeServer, fake: FakePrinter, tmp_path: Path) -> AsyncIterator[Box]:
    one = Box(server, tmp_path)
    yield one
    await one.switch_off()


@pytest.fixture
def wire(a_ticket: Callable[..., PaperTicket]) -> dict[str, Any]:
    """A ticket as it comes over the socket."""
    decoded: dict[str, Any] = json.loads(msgspec.json.encode(a_ticket()))
    return decoded
