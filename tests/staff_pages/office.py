"""Boards of one lively office, made from the wire's own classes. Each function takes what shall be different."""

from typing import Any

from msgspec.structs import replace

from server.messages import boards as wire
from tests.staff_pages.stage import instant

SERVICES = {
    "ausweis": ("A", "Ausweis und Pass", "Identity card and passport"),
    "melden": ("B", "Wohnung an- oder abmelden", "Register an address"),
    "kfz": ("K", "Auto und Führerschein", "Car and driving licence"),
    "zeugnis": ("F", "Führungszeugnis", "Certificate of conduct"),
    "trauung": ("S", "Standesamt", "Registry office"),
}


def names(service: str) -> dict[str, str]:
    _, german, english = SERVICES[service]
    return {"de": german, "en": english}


def expected(low: int, high: int) -> wire.Expected:
    return wire.Expected(low=low, median=(low + high) // 2, high=high, at=instant(), learning=False)


def why(code: str = "longest_wait", waited: int = 1_440, slot: str | None = None) -> wire.Why:
    return wire.Why(code=code, waited=waited, slot=slot)


def line(number: str = "A018", service: str = "ausweis", waited: float = 22, **changes: Any) -> wire.Line:
    plain = wire.Line(
        id=f"t-{number}", number=number, services=(service,), category="walk_in", needs=(), language="de", persons=1,
        state="waiting", waiting_since=instant(minutes=waited), expected=None, why_order=why(), not_before=None,
        since=None, counter=None, slot=None, misses=0,
    )  # fmt: skip
    return replace(plain, **changes)


def face(name: str = "3", **changes: Any) -> wire.CounterFace:
    plain = wire.CounterFace(
        id=name, label=f"Schalter {name}", zone="hall", state="open", services=("ausweis", "melden"),
        skills=("ausweis", "melden", "zeugnis"), features=(), since=instant(minutes=2), current=None, current_state=None,
        reason=None, back_at=None, coming_pause=False, held=True, holder_is_me=False,
    )  # fmt: skip
    return replace(plain, **changes)


def current(state: str = "serving", **changes: Any) -> wire.Current:
    plain = wire.Current(
        ticket="t-A017", number="A017", state=state, services=("ausweis", "melden"), needs=(), category="walk_in",  # type: ignore[arg-type]
        persons=1, language="tr", since=instant(seconds=102), waited=1_440, attempt=1, why=why(),
        issued_at=instant(minutes=26), note=None, seen_on=("hall", "door"), displays=2, spoken=True,
    )  # fmt: skip
    return replace(plain, **changes)


def service_line(service: str, waiting: int, longest: float | None, **changes: Any) -> wire.ServiceLine:
    plain = wire.ServiceLine(
        id=service, letter=SERVICES[service][0], names=names(service), open=True, reason=None, until=None, waiting=waiting,
        longest_since=None if longest is None else instant(minutes=longest), expected=None, target=30,
    )  # fmt: skip
    return replace(plain, **changes)


def takeback(type: str = "service_started", number: str | None = "A017", left: float = 8) -> wire.Takeback:
    return wire.Takeback(key="key-of-the-press", until=instant(seconds=-left), type=type, number=number)


QUEUE = (
    line("T209", "ausweis", 6, category="appointment", slot=instant(minutes=-3), why_order=why("appointment", 360, instant(minutes=-3))),
    line("A018", "ausweis", 22),
    line("B043", "melden", 19, needs=("step_free",), persons=3),
    line("A019", "ausweis", 17),
)  # fmt: skip


def counter(holds: wire.Current | None = None, **changes: Any) -> wire.Counter:
    """The board of counter 3, open and mine; `state` and the like of the counter itself by `counter=face(...)`."""
    plain = wire.Counter(
        office="mitte", name="Bürgerbüro Mitte", time_zone="Europe/Berlin", day="2026-11-23", arrival="pressed",
        counter=face(holder_is_me=True), current=holds,
        next=wire.Next(id="t-T209", number="T209", services=("ausweis",), why=why("appointment", 360, instant(minutes=-3))),
        waiting=14, queue=QUEUE,
        parked=(line("A009", state="parked", since=instant(minutes=12)),),
        missed=(line("B038", "melden", 31, state="missed", since=instant(minutes=8), misses=2),), away=(),
        lines=(service_line("ausweis", 9, 24), service_line("melden", 4, 12)),
        colleagues=(face("1", current="B042", current_state="serving"), face("5", state="paused", back_at=instant(minutes=-20))),
        stations=(wire.Reasoned(id="foto", names={"de": "Fotoautomat", "en": "Photo booth"}),),
        services=tuple(wire.ServiceWords(id=s, letter=SERVICES[s][0], names=names(s), back_office=False) for s in SERVICES),
        messages=(), assignment=None,
        break_reasons=(wire.Reasoned(id="mittag", names={"de": "Mittag", "en": "Lunch"}), wire.Reasoned(id="kurz", names={"de": "Kurze Pause", "en": "Short break"})),
        picking=True, undo=None, alarms=(),
    )  # fmt: skip
    return replace(plain, **changes)


def offered(service: str, waiting: int = 3, **changes: Any) -> wire.KioskService:
    hints = {
        "ausweis": "beantragen, abholen, verlängern",
        "melden": "Meldewesen, Bescheinigungen",
        "kfz": "Zulassung, Umschreibung",
        "zeugnis": "",
        "trauung": "",
    }
    plain = wire.KioskService(
        id=service, letter=SERVICES[service][0], names=names(service), hints={"de": hints[service]}, open=True, reason=None,
        opens_at=None, waiting=waiting, expected=None, reachable_today=None, online_url=None,
        papers={"de": ("alter Ausweis", "Foto", "37 Euro"), "en": ("old ID card", "photo")} if service == "ausweis" else {},
        step_free=True,
    )  # fmt: skip
    return replace(plain, **changes)


def kiosk(**changes: Any) -> wire.Kiosk:
    """The kiosk's board, open, with a printer that is well."""
    plain = wire.Kiosk(
        office="mitte", name="Bürgerbüro Mitte", kiosk="entrance", time_zone="Europe/Berlin",
        services=(
            offered("ausweis", 9, expected=expected(20, 30), reachable_today="yes"),
            offered("melden", 4, expected=expected(10, 20), reachable_today="yes"),
            offered("kfz", 17, expected=expected(60, 90), reachable_today="likely"),
            offered("zeugnis", 0, online_url="https://www.fuehrungszeugnis.bund.de"),
            offered("trauung", 0, open=False, reason="hours", opens_at=instant(hours=-60)),
        ),
        languages=("de", "en"), printer="ok", help=None, open=True,
    )  # fmt: skip
    return replace(plain, **changes)
