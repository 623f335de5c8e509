"""The terminal counter has the page's acts: those with a question first, the clock, what is seen and heard."""

import re

from textual.pilot import Pilot
from textual.widgets import OptionList

from counter_client.terminal import TerminalCounter
from server.messages import boards as wire
from tests.counter_client.terminal_line import Socket, pressed, text, until
from tests.staff_pages import office as o


async def test_the_same_acts_with_a_question_first(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    faces = (o.face("1", state="closed", held=False), o.face("5"))
    await office.show(o.counter(o.current(services=("ausweis",), in_hand=("ausweis", "melden")), colleagues=faces))
    await until(pilot, lambda: "A017" in text(app, "#now"))
    await pilot.press("t")
    rows = app.screen.query_one(OptionList)
    assert [str(rows.get_option_at_index(at).prompt) for at in (0, 1, rows.option_count - 1)] == [
        "Schalter 5 (frei)",
        "Wohnung an- oder abmelden",
        "Schalter 1 (geschlossen)",
    ]
    await pressed(office, pilot, "enter enter", {"type": "transfer_ticket", "ticket": "t-A017", "to_counter": "5"})
    part = {"type": "finish_service", "counter": "3", "services_done": ["melden"]}
    await pressed(office, pilot, "v down enter", part)
    await pressed(office, pilot, "b down enter", {"type": "finish_service", "counter": "3", "outcome": "left"})
    await pilot.press("e", "escape")
    await pressed(office, pilot, "f", {"type": "finish_service", "counter": "3"})
    await office.show(o.counter())
    await until(pilot, lambda: "Ohne Nummer" in text(app, "#acts"))
    direct = {"type": "serve_direct", "counter": "3", "services": ["melden"]}
    await pressed(office, pilot, "d down enter enter", direct)
    await pressed(office, pilot, "d down enter down enter", {**direct, "channel": "phone"})
    await pressed(office, pilot, "d down enter down down down down enter", {**direct, "persons": 2})
    await pressed(office, pilot, "c down enter", {"type": "call_ticket", "counter": "3", "ticket": "t-A018"})


async def test_opening_with_a_profile_or_one_service_alone(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    training = wire.ProfileWords(id="new", names={"de": "Einarbeitung"}, services=("melden", "kfz"))
    nothing = wire.ProfileWords(id="cars", names={"de": "Nur Kfz"}, services=("kfz",))
    closed = o.face(state="closed", held=False)
    await office.show(o.counter(counter=closed, profiles=(training, nothing)))
    await until(pilot, lambda: "Öffnen mit" in text(app, "#acts"))
    assert "kfz" not in closed.skills

    opened = {"type": "open_counter", "counter": "3"}
    await pressed(office, pilot, "v enter", {**opened, "services": ["melden"]})
    await pressed(office, pilot, "v down enter", {**opened, "services": [closed.skills[0]]})


async def test_a_sentence_on_the_display_over_the_counter_says_whether_its_translation_was_checked(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    await office.show(o.counter(o.current(language="tr")))
    await until(pilot, lambda: "A017" in text(app, "#now"))
    assert "Auf der Anzeige sagen" not in text(app, "#acts")  # none hangs there
    await office.show(o.counter(o.current(language="tr", phrase="wait"), over_desk=True))
    await until(pilot, lambda: "Auf der Anzeige sagen" in text(app, "#acts"))
    await pilot.press("h")
    rows = app.screen.query_one(OptionList)
    assert "Bitte unterschreiben Sie hier. (Türkçe: maschinell übersetzt, noch nicht geprüft)" in str(
        rows.get_option_at_index(1).prompt
    )
    await pilot.press("escape")
    await pressed(office, pilot, "h down enter", {"type": "show_phrase", "counter": "3", "phrase": "sign"})
    await pressed(office, pilot, "h end enter", {"type": "show_phrase", "counter": "3"})


async def test_ready_calls_whoever_comes_once_and_is_taken_back(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    nobody = o.counter(next=None, queue=(), waiting=0)
    await office.show(nobody)
    await until(pilot, lambda: "Bereit: wer kommt" in text(app, "#acts"))
    await pilot.press("g")
    assert "wird sofort aufgerufen" in text(app, "#now")
    await pilot.press("g")
    await office.show(o.counter())
    await until(pilot, lambda: "T209" in text(app, "#now"))
    assert office.heard == []

    await office.show(nobody)
    await until(pilot, lambda: "Bereit: wer kommt" in text(app, "#acts"))
    await pilot.press("g")
    await office.show(o.counter())
    await office.expect({"type": "call_next", "counter": "3"})
    await office.show(o.counter(o.current("called")))
    await until(pilot, lambda: "A017" in text(app, "#now"))
    await office.show(o.counter())
    await until(pilot, lambda: "T209" in text(app, "#now"))
    assert office.heard == []


async def test_the_clock_since_the_call_seen_and_heard_and_for_how_long_it_can_be_taken_back(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    called = o.current("called", seen_on=(), spoken=False, needs=("visual_call",), attempt=2, note="Foto fehlt")
    await office.show(o.counter(called, undo=o.takeback(left=8)))
    await until(pilot, lambda: "A017" in text(app, "#now"))

    now = text(app, "#now").replace("\n", " ")
    assert re.search(r"1:4\d seit dem Aufruf", now)
    for said in ("gezeigt auf 0 von 2", "nicht angesagt", "bitte länger warten", "zum 2. Mal", "Notiz: Foto fehlt"):
        assert said in now
    assert re.search(r"Rückgängig: A017 am Schalter \(\d s\)", text(app, "#acts"))
    await pilot.press("m", "down", "enter")  # nobody can know of the call yet: the second answer is "not here"
    await office.expect({"type": "mark_missed", "counter": "3"})


async def test_cut_off_it_says_how_old_what_it_shows_is(
    office: Socket, counter: tuple[TerminalCounter, Pilot[None]]
) -> None:
    app, pilot = counter
    await office.show(o.counter(o.current()))
    await until(pilot, lambda: "A017" in text(app, "#now"))
    office.mute = True
    await office.cut()

    await until(pilot, lambda: "Verbindung unterbrochen. Stand: vor " in text(app, "#line"))
    assert "Was Sie sehen, bleibt stehen." in text(app, "#line")
    await pilot.press("k")
    await until(pilot, lambda: "Ein Druck wartet auf Antwort" in text(app, "#line"))
    assert "A017" in text(app, "#now")
