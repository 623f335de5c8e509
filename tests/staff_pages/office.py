"""Boards of one busy office, made from the message classes. Each function takes what should be different."""

import time
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from server.messages import boards as wire
from server.messages.instants import millis
from server.messages.rights import COMMANDS
from server.messages.terms import Role, TicketState
from server.office import grid, office_grid
from server.office.boards.trouble import trouble
from tests.live_sockets import instant

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
        state="waiting", waiting_since=instant(minutes=waited), expected=None, expected_reason=None, why_order=why(),
        not_before=None, since=None, counter=None, slot=None, misses=0,
    )  # fmt: skip
    return replace(plain, **changes)


def short(*lines: wire.Line) -> tuple[wire.QueueLine, ...]:
    """The same in a counter's list."""
    return tuple(wire.QueueLine(**{name: getattr(one, name) for name in one.__struct_fields__}) for one in lines)


def aside(*lines: wire.Line) -> tuple[wire.AsideLine, ...]:
    """The same of tickets that do not wait."""
    return tuple(wire.AsideLine(**{name: getattr(one, name) for name in one.__struct_fields__}) for one in lines)


def face(name: str = "3", **changes: Any) -> wire.CounterFace:
    plain = wire.CounterFace(
        id=name, label=f"Schalter {name}", zone="hall", state="open", services=("ausweis", "melden"),
        skills=("ausweis", "melden", "zeugnis"), features=(), since=instant(minutes=2), current=None, current_state=None,
        reason=None, back_at=None, coming_pause=False, held=True, holder_is_me=False,
    )  # fmt: skip
    return replace(plain, **changes)


def current(state: TicketState = "serving", **changes: Any) -> wire.Current:
    plain = wire.Current(
        ticket="t-A017", number="A017", state=state, services=("ausweis", "melden"),
        in_hand=("ausweis", "melden"), needs=(), category="walk_in",
        persons=1, language="tr", since=instant(seconds=102), waited=1_440, attempt=1, why=why(),
        issued_at=instant(minutes=26), note=None, seen_on=("hall", "door"), displays=2, spoken=True,
    )  # fmt: skip
    return replace(plain, **changes)


def service_line(service: str, waiting: int, longest: float | None, **changes: Any) -> wire.ServiceLine:
    plain = wire.ServiceLine(
        id=service, letter=SERVICES[service][0], names=names(service), open=True, reason=None, until=None, waiting=waiting,
        longest_wait=None if longest is None else instant(minutes=longest), expected=None,
        expected_reason=None, served=True, target=30,
    )  # fmt: skip
    return replace(plain, **changes)


def takeback(*did: wire.Did, left: float = 8) -> wire.Takeback:
    """What the last press did: by default the called citizen has arrived."""
    done = did or (wire.Did(type="service_started", number="A017"),)
    until = instant(seconds=-left)
    return wire.Takeback(
        key="key-of-the-press",
        at=instant(seconds=10 - left),
        until=until,
        type=done[0].type,
        number=done[0].number,
        did=done,
    )


MOVED = wire.Did(
    type="counter_assigned",
    counter="Schalter 1",
    added=("trauung",),
    removed=("ausweis",),
    until="2026-11-23T10:15:00.000Z",
)


def slot() -> str:
    """An appointment in three minutes."""
    return instant(seconds=-190)


def queue() -> tuple[wire.Line, ...]:
    """Four people in the order of call. Made again for each board, because its instants are near now."""
    at = slot()
    return (
        line(
            "T209",
            "ausweis",
            6,
            category="appointment",
            slot=at,
            why_order=why("appointment", 360, at),
            expected=expected(0, 5),
        ),
        line("A018", "ausweis", 22, expected=expected(5, 15)),
        line("B043", "melden", 19, needs=("step_free",), persons=3, expected_reason="no_step_free"),
        line("A019", "ausweis", 17, expected=expected(10, 20)),
    )


def reasoned(id: str, german: str, english: str) -> wire.Reasoned:
    return wire.Reasoned(id=id, names={"de": german, "en": english})


BREAKS = (reasoned("mittag", "Mittag", "Lunch"), reasoned("kurz", "Kurze Pause", "Short break"))
SYSTEM_DOWN = reasoned("stoerung", "Fachverfahren gestört", "System is down")


def counter(holds: wire.Current | None = None, **changes: Any) -> wire.Counter:
    """The board of counter 3, open and mine; fields of the counter itself, such as `state`, by `counter=face(...)`."""
    plain = wire.Counter(
        office="mitte", name="Bürgerbüro Mitte", time_zone="Europe/Berlin", day="2026-11-23", arrival="pressed",
        counter=face(holder_is_me=True), current=holds,
        next=wire.Next(id="t-T209", number="T209", services=("ausweis",), why=why("appointment", 360, slot())),
        waiting=14, queue=short(*queue()),
        parked=aside(line("A009", state="parked", since=instant(minutes=12))),
        missed=aside(line("B038", "melden", 31, state="missed", since=instant(minutes=8), misses=2)), away=(),
        lines=(service_line("ausweis", 9, 24), service_line("melden", 4, 12)),
        colleagues=(face("1", current="B042", current_state="serving"), face("5", state="paused", back_at=instant(minutes=-20))),
        stations=(wire.StationWords(id="foto", names={"de": "Fotoautomat", "en": "Photo booth"}, services=("zeugnis",)),),
        services=tuple(wire.ServiceWords(id=s, letter=SERVICES[s][0], names=names(s), back_office=False) for s in SERVICES),
        messages=(), assignment=None,
        break_reasons=BREAKS,
        picking=True, undo=None, alarms=(), uncallable=(), uncallable_total=0,
    )  # fmt: skip
    shown = replace(plain, languages=("de", "en"), away_minutes=45, **changes)
    found = may_at(shown.counter, "clerk", shown.current.state if shown.current else None, arrival=shown.arrival)
    if shown.counter.held and not shown.counter.holder_is_me:
        found = tuple(name for name in found if name == "take_over_counter")
    may = (*(name for name in found if shown.picking or name != "call_ticket"), *of_office("clerk", shown.day))
    may = (*may, "undo") if shown.undo else may
    tickets = grid.by_state("clerk", grid.OF_COUNTERS.difference(may)) if shown.day else {}
    return replace(shown, **{"may": may, "may_of_tickets": dict(tickets), **changes})


def may_at(one: wire.CounterFace, role: Role, held: TicketState | None, arrival: str = "pressed") -> tuple[str, ...]:
    """What the server would accept at a counter in this state."""
    stands: grid.CounterStanding = "free" if one.state == "open" else one.state
    if held is not None:
        stands = "called" if held == "called" else "serving"
    return grid.by_standing(role, stands, assumed=arrival == "assumed", coming_pause=one.coming_pause)


def of_office(role: Role, day: str | None) -> tuple[str, ...]:
    """What the server would say of an office in which everything is possible."""
    rows = {*office_grid.ANY_TIME, *(office_grid.BY_DAY if day else ())} - {"open_day" if day else "close_day"}
    return tuple(sorted(name for name in rows if role in COMMANDS[name]))


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
        opens_at=None, waiting=waiting, expected=None, expected_reason=None, reachable_today=None, online_url=None,
        papers={"de": ("alter Ausweis", "Foto", "37 Euro"), "en": ("old ID card", "photo")} if service == "kfz" else {},
        step_free=True,
    )  # fmt: skip
    return replace(plain, **changes)


def kiosk(**changes: Any) -> wire.Kiosk:
    """The kiosk's board, open, with a working printer."""
    plain = wire.Kiosk(
        office="mitte", name="Bürgerbüro Mitte", kiosk="entrance", time_zone="Europe/Berlin",
        services=(
            offered("ausweis", 9, expected=expected(20, 30), reachable_today="yes"),
            offered("melden", 4, expected=expected(10, 20), reachable_today="yes"),
            offered("kfz", 17, expected=expected(60, 90), reachable_today="likely"),
            offered("zeugnis", 0, online_url="https://www.fuehrungszeugnis.bund.de"),
            offered("trauung", 0, open=False, reason="hours", opens_at=instant(hours=-60)),
        ),
        languages=("de", "en"), reasons=(SYSTEM_DOWN,), printer="ok", prints=(), help=None, open=True,
        more_room=True, away_minutes=20,
    )  # fmt: skip
    return replace(plain, **changes)


def desk(**changes: Any) -> wire.Desk:
    """The board of reception on a busy morning."""
    away = line("B040", "melden", 35, state="away", since=instant(minutes=-4))
    missed = line("B038", "melden", 31, state="missed", since=instant(minutes=8), misses=2)
    plain = wire.Desk(
        office="mitte", name="Bürgerbüro Mitte", time_zone="Europe/Berlin", day="2026-11-23", services=kiosk().services,
        tickets=(missed, away, *queue()), counters=supervisor().counters, messages=(), help=(), alarms=(),
        devices=(device("entrance", "printer", detail="paper_low"), device("door", "printer", "offline")),
        undo=None, uncallable=(), uncallable_total=0, languages=("de", "en"), away_minutes=45, waiting_total=30, tickets_total=32,
        break_reasons=BREAKS,
    )  # fmt: skip
    shown = replace(plain, **changes)
    may = {"may": of_office("desk", shown.day), "may_of_tickets": dict(grid.by_state("desk", grid.OF_COUNTERS))}
    return replace(shown, **{**may, **changes})


def device(name: str, kind: str, state: str = "online", **changes: Any) -> wire.Device:
    titles = {"hall": "Wartehalle", "entrance": "Eingang", "door": "Flur"}
    plain = wire.Device(
        id=name, kind=kind, name=titles[name], state=state, seen_at=instant(seconds=2), seq=7, delay_ms=14,
        sound=None, detail=None,
    )  # fmt: skip
    return replace(plain, **changes)


GIVEN = wire.Given(
    services=("ausweis", "kfz"), by="supervisor:7", reason=None, until="2026-11-23T10:15:00.000Z", before=("ausweis",)
)
IDS_READY = {"de": "Ausweise bitte bereithalten.", "en": "Please have your ID ready."}


def stands(line: wire.ServiceLine) -> wire.ServiceLine:
    """The same line with the server's word for its state, if the test names none."""
    oldest = millis(datetime.fromisoformat(line.longest_wait)) if line.longest_wait else None
    return replace(line, trouble=line.trouble or trouble(line, {}, oldest, int(time.time() * 1_000)))


def supervisor(**changes: Any) -> wire.Supervisor:
    """The supervisor's table on a busy morning."""
    services = (
        service_line("ausweis", 9, 24, expected=expected(20, 30)), service_line("melden", 4, 12, expected=expected(10, 20)),
        service_line("kfz", 17, 52), service_line("zeugnis", 6, 28, expected=expected(20, 40)),
        service_line("trauung", 0, None, open=False, reason="stoerung"),
    )  # fmt: skip
    all_skills = {"skills": ("ausweis", "melden", "kfz", "zeugnis")}
    counters = (
        face("1", current="B042", current_state="serving"), face("2", current="A016", current_state="called"),
        face("3", current="A017", current_state="serving"), face("4", services=("ausweis", "kfz"), **all_skills),
        face("5", services=("kfz",), **all_skills), face("6", services=("kfz", "zeugnis"), **all_skills),
        face("7", state="paused", back_at=instant(minutes=-9)), face("8", state="closed", since=None, held=False),
    )  # fmt: skip
    away = line("B038", "melden", 31, state="missed", since=instant(minutes=8), misses=2)
    plain = wire.Supervisor(
        languages=("de", "en"),
        office="mitte", name="Bürgerbüro Mitte", time_zone="Europe/Berlin", day="2026-11-23", open=True, services=services,
        counters=counters, assignments={"4": GIVEN},
        tickets=(line("A017", state="serving", counter="3", waited=30), away, *queue(), line("K071", "kfz", 52)),
        devices=(
            device("hall", "display", sound="ready"),
            device("door", "display", "offline", seen_at=instant(minutes=3), delay_ms=None),
            device("entrance", "kiosk"), device("entrance", "printer", detail="paper_low"),
            device("hall", "announcer", "unknown", seen_at=None, delay_ms=None),
        ),
        alarms=(), help=(), messages=(wire.Note(id="m1", text=IDS_READY, at=instant(), until=None, speak=False),),
        policy="balanced", presets=("balanced", "punctual", "plain"), moves=(), lost=(), clock_jump=None, worries=(), curve=None,
        fairness=None,
        last_ticket_at={}, advice=None, uncallable=(), uncallable_total=0,
        reasons=(SYSTEM_DOWN,), break_reasons=BREAKS, undo=None,
    )  # fmt: skip
    shown = replace(plain, **changes)
    changes["services"] = tuple(map(stands, shown.services))
    may = of_office("supervisor", shown.day)
    found: dict[str, Any] = {"may": (*may, "undo") if shown.undo else may}
    if shown.day is not None:
        found["may_of_counters"] = {one.id: may_at(one, "supervisor", one.current_state) for one in shown.counters}
        found["may_of_tickets"] = dict(grid.by_state("supervisor", grid.OF_COUNTERS))
        closed = {one.id: one.reason is not None for one in shown.services}
        found["may_of_services"] = {id: office_grid.of_service("supervisor", closed=so) for id, so in closed.items()}
    return replace(shown, **{**found, **changes})
