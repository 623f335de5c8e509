"""A full office as the supervisor's table shows it: twelve counters, eight services, a hundred waiting, and something of
everything that a day brings. For pictures, and for what must fit on one screen."""

from itertools import cycle
from typing import Any

from msgspec.structs import replace

from server.messages import boards as wire
from tests.live_sockets import Frame, instant
from tests.staff_pages import office as o

NAMES = {
    "ausweis": ("A", "Ausweis und Pass"), "melden": ("B", "Wohnung an- oder abmelden"), "kfz": ("K", "Auto und Führerschein"),
    "zeugnis": ("F", "Führungszeugnis"), "trauung": ("S", "Standesamt"), "urkunden": ("U", "Urkunden und Beglaubigungen"),
    "abholen": ("G", "Abholung"), "soziales": ("L", "Wohngeld und Soziales"),
}  # fmt: skip
WAITING = 100
TOLD = wire.GainTold(low=11, median=21, high=25, chance=0.8)

CURVE: Frame = {
    "past": [
        {"at": instant(minutes=30 * n), "arrivals": 5 + n, "waits": 30.0 - 3 * n if n < 6 else None}
        for n in range(7, -1, -1)
    ],
    "ahead": [
        {"at": instant(minutes=-30 * n), "low": 20.0 - 2 * n, "median": 32.0 - 3 * n, "high": 44.0 - 3 * n, "arrivals": 6}
        for n in range(1, 7)
    ],
}  # fmt: skip
ADVICE: Frame = {
    "id": "advice:1", "kind": "counter",
    "moves": [{"type": "assign_counter", "counter": "5", "services": ["kfz", "ausweis"]}],
    "gain": {"low": 11.0, "median": 18.0, "high": 25.0}, "chance": 0.8, "until": "2026-11-23T10:15:00.000Z", "minutes": 120,
    "turned": 0, "seq": 4, "happened": None,
}  # fmt: skip
"""As the server writes it."""


def line(service: str, waiting: int, longest: float | None, **changes: Any) -> wire.ServiceLine:
    letter, name = NAMES[service]
    known = o.service_line("ausweis", waiting, longest)
    return replace(known, id=service, letter=letter, names={"de": name}, **changes)


def services() -> tuple[wire.ServiceLine, ...]:
    lacks = wire.Trouble(code="needs", need="step_free", count=3)
    return (
        line("ausweis", 31, 24, expected=o.expected(20, 30)),
        line("melden", 14, 12, expected=o.expected(10, 20)),
        line(
            "kfz",
            27,
            52,
            expected=o.expected(60, 90),
            boost=20,
            boost_until="2026-11-23T10:30:00.000Z",
        ),
        line("zeugnis", 9, 28, expected=o.expected(20, 40)),
        line("trauung", 0, None, open=False, reason="stoerung", until="2026-11-23T13:00:00.000Z"),
        line("urkunden", 12, 19, expected=o.expected(15, 25), trouble=lacks),
        line("abholen", 5, 4, expected=o.expected(5, 10)),
        line("soziales", 2, 9, served=False, expected_reason="no_counter"),
    )


def counters() -> tuple[wire.CounterFace, ...]:
    skills = ("ausweis", "melden", "kfz", "zeugnis", "urkunden", "abholen")
    given = cycle((("ausweis", "melden"), ("ausweis", "zeugnis"), ("kfz",), ("melden", "urkunden"), ("kfz", "abholen")))
    held = cycle(("A", "K", "B", "U"))
    busy = [
        o.face(
            str(n), services=next(given), skills=skills if n % 3 else skills[:3], current=f"{next(held)}{n + 30:03}",
            current_state="serving" if n % 4 else "called", since=instant(minutes=n),
        )
        for n in range(1, 10)
    ]  # fmt: skip
    return (
        *busy,
        o.face("10", services=("ausweis", "kfz"), skills=skills),
        o.face("11", state="paused", back_at=instant(minutes=-9), services=("melden",), skills=skills),
        o.face("12", state="closed", since=None, held=False, services=("ausweis",), skills=skills),
    )


def tickets() -> tuple[wire.Line, ...]:
    wanted = cycle(("kfz", "zeugnis", "kfz", "ausweis", "melden", "kfz", "urkunden"))
    waiting = [(service, n) for service, n in zip(wanted, range(20), strict=False)]
    return (
        *(
            o.line(f"{NAMES[service][0]}{n + 40:03}", service, 52 - 2 * n, expected=o.expected(5 + n, 15 + n))
            for service, n in waiting
        ),
        o.line("A031", state="serving", counter="1", waited=61),
        o.line("B038", "melden", 31, state="missed", since=instant(minutes=8), misses=2),
        o.line("U012", "urkunden", 19, needs=("step_free",), persons=2),
    )


def row(key: str, **changes: Any) -> wire.ShiftRow:
    plain = wire.ShiftRow(
        key=key, at="2026-11-23T09:41:00.000Z", by="supervisor:7", type="moves_applied",
        did=(wire.Did(type="counter_assigned", counter="Schalter 10", added=("kfz",)),), reason="stoerung",
        until="2026-11-23T10:15:00.000Z", told=None, happened=None, open=True, ended=False,
    )  # fmt: skip
    return replace(plain, **changes)


def book() -> tuple[wire.ShiftRow, ...]:
    passport = wire.Did(type="counter_assigned", counter="Schalter 3", added=("ausweis",), removed=("kfz",))
    closed = wire.Did(type="service_closed", service="trauung", until="2026-11-23T13:00:00.000Z")
    boosted = wire.Did(type="service_boosted", service="kfz", minutes=20, until="2026-11-23T10:30:00.000Z")
    return (
        row("set~1"),
        row(
            "s~4",
            at="2026-11-23T09:30:00.000Z",
            type="service_boosted",
            did=(boosted,),
            until="2026-11-23T10:30:00.000Z",
        ),
        row("s~2", at="2026-11-23T09:20:00.000Z", did=(closed,), until="2026-11-23T13:00:00.000Z"),
        row(
            "s~3",
            at="2026-11-23T09:02:00.000Z",
            did=(passport,),
            reason=None,
            told=TOLD,
            happened=17.2,
            ended=True,
            open=False,
        ),
    )


def alerts() -> tuple[wire.Alert, ...]:
    since = "2026-11-23T09:41:00.000Z"
    return (
        wire.Alert(id="no_counter:soziales", code="no_counter", place="soziales", since=since, count=2),
        wire.Alert(id="over_target:kfz", code="over_target", place="kfz", since=since, minutes=75, target=30),
        wire.Alert(id="device:display:door", code="device", place="display:door", since=since),
    )


def full_room(**changes: Any) -> wire.Supervisor:
    situations = (("raeumung", "Räumung"), ("stoerung", "Fachverfahren gestört"), ("runde", "Dienstbesprechung"))
    helpers = (("archiv", "Kollegin im Archiv"), ("post", "Poststelle"))
    plain: dict[str, Any] = {
        "services": services(), "counters": counters(), "tickets": tickets(), "waiting_total": WAITING, "tickets_total": 112,
        "curve": CURVE, "fairness": {"longest_wait": 61.0, "over_60": 0.04, "overtakings": 3, "called": 80},
        "roster": wire.OnDuty(day="2026-11-23", counts=(0,) * 15 + (4,) + (10,) * 16 + (6,) * 5 + (0,) * 11),
        "assignments": {"10": replace(o.GIVEN, before=("ausweis",))}, "alerts": alerts(), "alerts_total": 3,
        "advice": ADVICE, "shift_book": book(),
        "situations": tuple(
            wire.SituationLine(id=id, names={"de": name}, key=None, since=None, until=None) for id, name in situations
        ),
        "helpers": tuple(
            wire.HelperLine(id=id, names={"de": name}, since=None, until=None, counter=None) for id, name in helpers
        ),
        "rules": (
            wire.RuleLine(
                id="kfz-voll", service="kfz", over_minutes=40, under_minutes=20, counters=("5", "6"), take=("kfz",), on=True,
                acting=False, key=None, quiet=False,
            ),
        ),
    }  # fmt: skip
    return o.supervisor(**{**plain, **changes})
