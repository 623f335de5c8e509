"""The terminal counter under Textual's own pilot, with a scripted live socket: a clerk's day with keys alone."""

import msgspec
import pytest
from textual.pilot import Pilot

from config.words import Words
from counter_client import terminal
from counter_client.acts import acts, mode
from counter_client.asked import Choice, asked
from counter_client.terminal import TerminalCounter
from counter_client.wording import Wording
from device_line.address import Address
from server.messages import boards as wire
from server.messages.commands import AnyCommand
from tests.counter_client.terminal_line import Frame, Socket, pressed, text, until
from tests.live_sockets import instant
from tests.staff_pages import office as o

NOW = 1_800_000_000_000


async def test_a_clerks_morning_by_keys(office: Socket, counter: tuple[TerminalCounter, Pilot[None]]) -> None:
    app, pilot = counter
    ids = {"counter": "3"}
    steps: list[tuple[str, Frame, wire.Counter]] = [
        ("enter", {"type": "call_next", **ids}, o.counter(o.current("called"))),
        ("r", {"type": "repeat_call", **ids}, o.counter(o.current("called", attempt=2))),
        ("enter", {"type": "start_service", **ids}, o.counter(o.current())),
        ("enter", {"type": "call_next", **ids, "finish_current": True}, o.counter(o.current("called"))),
        ("m", {"type": "mark_missed", **ids}, o.counter(undo=o.takeback(wire.Did(type="ticket_missed", number="A017")))),
        ("u", {"type": "undo", "key": "key-of-the-press"}, o.counter(o.current())),
        ("k", {"type": "park_ticket", **ids}, o.counter()),
        ("p enter enter", {"type": "pause_counter", **ids, "reason": "mittag"},
         o.counter(counter=o.face(state="paused", holder_is_me=True))),
        ("enter", {"type": "resume_counter", **ids}, o.counter()),
        ("x", {"type": "close_counter", **ids}, o.counter(counter=o.face(state="closed", held=False))),
        ("enter", {"type": "open_counter", **ids}, o.counter()),
    ]  # fmt: skip
    for key, command, after in steps:
        await pilot.press(*key.split())
        await office.expect(command)
        await office.show(after)
        await until(pilot, lambda after=after: app.board == after and not app.pressing)  # type: ignore[misc]


async def test_it_shows_whom_what_and_who_is_next(office: Socket, counter: tuple[TerminalCounter, Pilot[None]]) -> None:
    app, pilot = counter
    assert "Als Nächstes: T209" in text(app, "#now")
    assert "Nächste Nummer" in text(app, "#acts")
    for number in ("T209", "A018", "B043", "A019"):
        assert number in text(app, "#lists")
    await office.show(o.counter(o.current(needs=("escort",))))
    await until(pilot, lambda: "A017" in text(app, "#now"))

    for said in ("Ausweis und Pass", "24 min", "am längsten gewartet", "bitte abholen"):
        assert said in text(app, "#now")


async def test_a_refusal_and_nobody_in_words(office: Socket, counter: tuple[TerminalCounter, Pilot[None]]) -> None:
    app, pilot = counter
    office.answer = lambda _: {"problem": {"code": "counter_busy", "number": "A016", "retry": False}}
    await pilot.press("enter")
    await until(pilot, lambda: "A016 ist noch am Schalter" in text(app, "#said"))
    office.answer = lambda _: {"result": {"ticket": None}}
    await pilot.press("enter")
    await until(pilot, lambda: text(app, "#said") == "Niemand wartet.")


async def test_a_cut_line_is_said_and_the_press_travels_with_its_key(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    office.answer = lambda _: None
    await pilot.press("enter")
    await until(pilot, lambda: bool(office.heard))
    office.answer = lambda _: {"result": {"ticket": None}}
    await office.cut()
    await until(pilot, lambda: "Verbindung unterbrochen" in text(app, "#line"))
    assert app.query_one("#line").display
    await until(pilot, lambda: len(office.heard) == 2)
    await until(pilot, lambda: text(app, "#said") == "Niemand wartet.")

    assert len({frame["key"] for frame in office.heard}) == 1
    assert not app.query_one("#line").display


async def test_only_a_repeat_of_the_same_key_waits(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    """Enter twice is one press; W, then Enter is two."""
    app, pilot = counter
    app.settle_s = 3600.0
    await pressed(office, pilot, "enter", {"type": "call_next", "counter": "3"})
    await office.show(o.counter(o.current("called")))
    await until(pilot, lambda: "Ist da" in text(app, "#acts"))
    await pilot.press("enter")
    await pressed(office, pilot, "m", {"type": "mark_missed", "counter": "3"})
    await office.show(o.counter())
    await until(pilot, lambda: "Nächste Nummer" in text(app, "#acts"))
    await pressed(office, pilot, "enter", {"type": "call_next", "counter": "3"})


async def test_what_somebody_else_changed_waits_for_every_key(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    app.settle_s = 3600.0
    await office.show(o.counter(o.current("called")))
    await until(pilot, lambda: "Ist da" in text(app, "#acts"))
    await pilot.press("enter")
    await pressed(office, pilot, "r", {"type": "repeat_call", "counter": "3"})


async def test_an_alarm_is_raised_by_two_deliberate_presses(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    app.sure_s = 3600.0
    await pilot.press("exclamation_mark")
    await pilot.press("exclamation_mark")
    assert "Wirklich?" in text(app, "#acts")
    assert office.heard == []
    app.sure_s = 0.0
    await pressed(office, pilot, "exclamation_mark", {"type": "raise_alarm", "counter": "3"})
    assert "Wirklich?" not in text(app, "#acts")


async def test_an_alarm_is_heard_before_its_entry_answered_and_ended(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    await office.alarm("5")
    await until(pilot, lambda: "Alarm: Schalter 5. rechts Noch geht niemand hin." in text(app, "#told"))
    await pressed(office, pilot, "i", {"type": "accept_alarm", "counter": "5", "from": "3"})
    going = wire.Alarm(place="5", label="Schalter 5", way={}, at=instant(), accepted_by=("counter:3", "supervisor:7"))
    await office.show(o.counter(alarms=(going,)))
    await until(pilot, lambda: "Es geht hin: 3, Aufsicht." in text(app, "#told"))
    assert "Ich gehe hin" not in text(app, "#told")
    await pressed(office, pilot, "s", {"type": "end_alarm", "counter": "5"})
    mine = wire.Alarm(place="3", label="Schalter 3", way={}, at=instant(), accepted_by=())
    await office.show(o.counter(alarms=(mine,)))
    await until(pilot, lambda: "Der Alarm ist ausgelöst." in text(app, "#told"))
    await office.show(o.counter())
    await until(pilot, lambda: not app.query_one("#told").display)


async def test_what_the_supervisor_says_and_gives_and_who_asks_for_help(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    given = wire.Given(
        services=("zeugnis",), by="supervisor:7", reason="personal", until="2026-11-23T10:15:00.000Z", before=()
    )
    note = wire.Note(id="m1", text={"de": "Bitte Formular B nutzen."}, at=instant(), until=None, speak=False)
    asks = wire.HelpCall(id="h1", device="entrance", at=instant(), accepted_by=None, name="Automat am Eingang")
    lost = wire.Stranded(id="t1", number="K071", services=("kfz",), needs=(), place=None, reason="no_counter")
    own = (o.reasoned("personal", "Personalmangel", "Short of staff"),)
    board = o.counter(
        assignment=given, messages=(note,), reasons=own, help=(asks,), uncallable=(lost,), uncallable_total=1
    )
    await office.show(board)
    await until(pilot, lambda: "Formular B" in text(app, "#told"))

    told = text(app, "#told")
    for said in (
        "Aufsicht: Bitte Formular B nutzen.",
        "bis 11:15 zugeteilt: Führungszeugnis (Personalmangel)",
        "Automat am Eingang: Jemand braucht Hilfe.",
        "K071",
    ):
        assert said in told
    await pressed(office, pilot, "l", {"type": "acknowledge_message", "counter": "3", "message": "m1"})
    await pressed(office, pilot, "o", {"type": "accept_help", "help": "h1"})


async def test_parked_missed_and_away_are_in_sight_and_a_digit_away(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    away = o.line("K002", "kfz", state="away", since=instant(minutes=-2))
    parked = tuple(o.line(f"B00{number}", state="parked") for number in range(1, 6))
    crowd = tuple(o.line(f"A{number:03}") for number in range(1, 97))
    await office.show(o.counter(waiting=96, queue=crowd, parked=parked, away=(away,)))
    await until(pilot, lambda: "K002" in text(app, "#lists"))

    shown = text(app, "#lists")
    for said in ("96 warten", "und 91 weitere", "Geparkt", "B003", "und 2 weitere", "Nicht erschienen", "B038"):
        assert said in shown
    assert "B004" not in shown
    assert app.query_one("#lists").region.right <= 80
    await pressed(office, pilot, "2", {"type": "resume_ticket", "counter": "3", "ticket": "t-B002"})
    await pressed(office, pilot, "4", {"type": "return_ticket", "ticket": "t-B038"})
    await pressed(office, pilot, "7", {"type": "return_ticket", "ticket": "t-K002"})


async def test_undo_says_what_it_takes_back(office: Socket, counter: tuple[TerminalCounter, Pilot[None]]) -> None:
    app, pilot = counter
    did = (wire.Did(type="service_finished", number="A001"), wire.Did(type="ticket_called", number="A002"))
    await office.show(o.counter(o.current("called"), undo=o.takeback(*did)))

    await until(pilot, lambda: "Rückgängig: A001 fertig, A002 aufgerufen" in text(app, "#acts"))


async def test_a_token_that_is_taken_back_is_said(office: Socket, counter: tuple[TerminalCounter, Pilot[None]]) -> None:
    app, pilot = counter
    office.refusal = 4401
    await office.cut()

    await until(pilot, lambda: "Sie sind nicht angemeldet" in text(app, "#line"))


async def test_a_counter_that_is_refused_from_the_start_ends_and_says_why(office: Socket) -> None:
    office.refusal = 4404
    app = TerminalCounter(Address(office.url, "secret"), "mitte", "3", Words("de"))
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.return_code == 1)

    assert app.refused == "the office file names no counter 3"


def test_every_state_has_its_acts_and_every_key_is_one() -> None:
    for board in (
        o.counter(), o.counter(o.current()), o.counter(o.current("called")), o.counter(counter=o.face()),
        o.counter(o.current(), counter=o.face(holder_is_me=True, coming_pause=True)),
        o.counter(counter=o.face(state="wrap_up", holder_is_me=True)), o.counter(counter=o.face(state="closed", held=False)),
    ):  # fmt: skip
        keys = [act.key for act in acts(board)]
        assert keys[0] == "enter", mode(board)
        assert len(keys) == len(set(keys))
        for act in acts(board):
            rows = asked(act.id, board, Wording(Words("de"), board), NOW) if act.asks else (Choice("", act.command),)
            for command in (last.command for row in rows for last in (row.then or (row,))):
                assert command["type"] == act.command["type"] or act.id == "transfer"
                msgspec.convert(command, AnyCommand)


def test_an_address_that_is_none_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main("not-an-address", "secret", "3") == 2
    assert capsys.readouterr().err
