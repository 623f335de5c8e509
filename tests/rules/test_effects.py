"""Nothing is accepted without effect: every command, every field of one, every key of the office file has a row that names
where its effect is seen, and the file that makes it so; or which later piece gives it one; or that `check` warns of it."""

import re
from pathlib import Path

import pytest
from msgspec.structs import fields

from config.effects import WITHOUT_EFFECT
from server.messages import office
from server.messages.commands import COMMANDS

ROOT = Path(__file__).parents[2]
WHERE = {"screen", "paper", "voice", "history", "order", "refusal", "access", "later", "log", "letter"}
"""`order`: who is called where, and when; `access`: who may see or press; `later`: the piece that will give it its effect;
`log`: it is in the log and in `GET events`, and no screen, voice, paper or figure uses it yet."""
LATER_PIECES = {"forecast", "appointments"}
SHORT = {
    "calls": "server/office/evolve/calls.py", "tickets": "server/office/evolve/tickets.py",
    "counters": "server/office/evolve/counters.py", "supervision": "server/office/evolve/supervision.py",
    "decide": "server/office/decide/tickets.py", "at": "server/office/decide/calls.py",
    "desk": "server/office/decide/counters.py", "sup": "server/office/decide/supervision.py",
    "devices": "server/office/decide/devices.py",
    "distress": "server/office/decide/distress.py", "book": "server/office/decide/bookings.py",
    "check_in": "server/office/decide/check_in.py",
    "moves": "server/office/decide/moves.py", "day": "server/office/decide/day.py",
    "situations": "server/office/decide/situations.py", "standing": "server/office/decide/standing.py",
    "book_board": "server/office/boards/book.py", "undo": "server/office/decide/undo.py",
    "look": "server/messages/office/devices.py", "zones": "server/messages/office/counters.py",
    "statement": "server/web/pages/accessibility.html",
    "parts": "server/office/boards/parts.py", "announced": "server/office/boards/announced.py",
    "public": "server/office/boards/public.py", "staff": "server/office/boards/staff.py",
    "wall": "server/office/boards/wall.py", "who": "server/office/who_next.py", "state": "server/office/state.py",
    "hours": "server/office/hours.py",
    "slots": "server/office/slots.py",
    "capacity": "server/office/capacity.py",
    "seen": "server/office/decide/guards.py",
    "tick": "server/office/due.py", "time": "server/office/decide/time.py",
}  # fmt: skip

BARE = {"open_day", "correct_clock"}
"""Commands without fields: the press itself has the effect."""
COMMAND_ROWS = """
issue_ticket: screen parts services, order tickets category, screen parts needs, screen parts persons,
  order server/office/equipped.py quantities,
  voice announced language, paper decide printer, screen public kiosk
serve_direct: screen at counter, history tickets services, screen parts persons, screen staff channel
print_ticket: paper decide ticket, paper decide printer
report_print: paper devices job, screen devices state, log devices reason
lease_numbers: paper devices services, paper devices count
hand_in_tickets: order decide lease, order decide tickets
cancel_ticket: screen decide ticket, log decide reason
open_counter: screen desk counter, order desk services, refusal seen seen_seq
take_over_counter: screen desk counter
close_counter: screen desk counter, refusal seen seen_seq
pause_counter: screen desk counter, screen parts reason, screen parts back_at, refusal seen seen_seq
begin_wrap_up: screen desk counter
resume_counter: screen desk counter, refusal seen seen_seq
call_next: screen at counter, history at finish_current, order at services_done, history at outcome
call_ticket: screen at counter, screen at ticket, history at finish_current
repeat_call: voice at counter
withdraw_call: screen at counter
start_service: screen at counter
mark_missed: screen at counter
finish_service: history at counter, history at outcome, order at services_done, screen at wrap_up
transfer_ticket: order decide ticket, order decide to_service, order decide to_counter,
  order decide not_before, order decide from_service
send_to_station: screen at counter, order at station
show_phrase: screen at counter, screen wall phrase
park_ticket: screen at counter
resume_ticket: screen at counter, screen at ticket
return_ticket: order decide ticket
pause_ticket: screen decide ticket, order decide minutes
set_services: order decide ticket, order decide services
set_category: order decide ticket, order decide category
set_needs: order decide ticket, order decide needs
boost_ticket: order decide ticket, order decide minutes, refusal seen seen_seq
boost_service: order sup service, order sup minutes, order tick boost_until, refusal seen seen_seq
move_tickets: order decide tickets, order decide to_service, order decide from_service, refusal seen seen_seq
assign_counter: screen sup counter, order sup services, screen parts until, screen parts reason, refusal seen seen_seq
open_service: screen sup service, refusal seen seen_seq
close_service: refusal sup service, screen parts reason, screen parts until, refusal seen seen_seq
limit_service: refusal sup service, refusal sup tickets, refusal seen seen_seq
apply_moves: screen moves moves, screen parts until, screen parts reason, refusal moves seen_seq, screen book_board told
revert_moves: screen moves key
start_situation: screen situations situation, screen situations until, screen situations reason
set_rule: screen standing rule, screen standing on, screen standing says, screen standing remove
set_policy: order sup preset, order tick preset_until, refusal seen seen_seq
call_helper: screen sup helper, screen book_board until, screen book_board counter, screen book_board reason,
  refusal seen seen_seq
post_message: screen sup text, screen wall displays, screen staff counters, screen wall zones, voice sup speak, screen tick until,
  screen wall places
clear_message: screen sup message
acknowledge_message: screen sup counter, screen sup message
silence_zone: voice sup zone, voice tick silences
end_silence: voice sup zone
test_call: voice sup zone, voice announced tone
set_roster: screen sup duty, screen sup date, screen sup weekday, screen sup day, refusal sup seen
set_walk_ins: refusal sup date, refusal sup shares
request_help: screen distress kiosk, screen distress station
accept_help: screen distress help
raise_alarm: screen distress counter
accept_alarm: screen distress counter, screen distress from_
end_alarm: screen distress counter
hold_slot: refusal book services, refusal book start, refusal book persons, order book minutes
release_slot: refusal book hold
book_appointment: screen book services, order book start, refusal book hold, screen book persons,
  voice book language, refusal book reference
move_appointment: refusal book appointment, order book start
cancel_appointment: refusal book appointment
check_in: order check_in code
undo: screen undo key
correct_clock: screen time
open_day: refusal day
close_day: refusal day force
"""
"""One line a command, one row a field: where it is seen, and the file (or the later piece) and the word in it. A command
without fields names its file alone."""

FILE_ROWS = """
office.id: screen staff | name: screen staff | revision: refusal day | time_zone: screen hours | languages: voice announced
office.practice: screen parts
hours.week: refusal hours | days: refusal hours
roster.week: screen server/messages/office/hours.py | days: screen server/messages/office/hours.py
holidays: refusal hours
public_holidays: refusal hours
services.id: screen parts | names: screen parts | letter: paper server/office/numbers.py | hints: screen public
services.first: paper server/office/numbers.py | last: paper server/office/numbers.py | minutes: later forecast
services.target_minutes: screen parts | daily_limit: refusal state | papers: paper public | public_name: screen wall
services.back_office: screen wall | priority: order decide | online_url: screen public | hours: refusal hours
services.pictogram: screen public | sign: screen wall
services.most: refusal decide | further_percent: order zones | asks_persons: screen public
services.bookable: refusal book | retired: refusal server/office/decide/guards.py
counters.id: screen parts | label: screen parts | zone: voice calls | services: order counters | skills: refusal desk
counters.sign: screen wall | way_step_free: voice audio/texts.py
counters.way: screen parts | arrow: screen parts | languages: order who | features: order who | spoken: voice audio/texts.py
counters.retired: refusal desk
stations.id: screen staff | label: screen staff | zone: voice calls | services: order state | way: screen parts
stations.sign: screen wall | way_step_free: voice audio/texts.py
stations.features: refusal who | arrow: screen parts | limit: order at | spoken: voice audio/texts.py
zones.id: voice announced | names: screen staff | sign: screen wall | gong: voice announced | gong_file: voice zones
zones.quiet: voice server/office/loudness.py | volume: voice server/office/loudness.py
displays.id: screen wall | name: screen wall | zones: screen wall | public: access server/web/door.py | languages: screen wall
displays.lines: screen wall | diagonal: screen wall | distance: screen wall | aspect: screen wall
displays.wakes: screen wall | sleeps: screen wall | counter: screen wall | continues: screen wall | door_code: screen wall
kiosks.id: screen public | name: screen staff | printer: paper public | services: screen public
printers.id: paper public | name: screen staff | address: paper public | kind: paper public | width_mm: paper public
printers.one_way: paper public | large_print: paper public | spare: paper devices
policy.preset: order state | arrival: refusal at | arrival_after: order tick | picking: refusal at | language_within: order who
policy.appointment_before: order state | appointment_early: order who | no_show_after: screen tick
policy.appointment_late: order server/office/order.py
policy.away_minutes: order decide | away_most_minutes: refusal decide | presets: order server/office/order.py
policy.way_back: paper server/office/waits.py | close_intake: refusal server/office/standing.py
policy.presets.ageing: order server/office/order.py | policy.presets.credit: order server/office/order.py
appointments.every: order slots | walk_in_percent: order capacity | desk_percent: order slots | shared_minutes: order capacity
appointments.mailbox: letter server/letters/visit_mail.py | remind_hours: letter server/letters/visits.py
appointments.ask_mail: screen server/web/routes/booking.py | proof_of_work: screen server/web/routes/booking.py
appointments.frames: access server/web/app.py
appointments.person_percent: order capacity | overbook_percent: order capacity | walk_ins: order capacity | releases: order slots
appointments.walk_ins.percent: order capacity | begins: order capacity | ends: order capacity | services: order capacity
appointments.walk_ins.weekdays: order capacity
appointments.releases.percent: order slots | days: order slots | at: order slots
calls.recall_limit: order at | recall_pause: order at | fresh: screen wall | stay_after_start: screen calls
calls.repeat_after: voice announced
calls.withdrawn: screen calls | missed_shown: screen wall | grace: screen state | hide_after: screen wall
keeping.entries: history server/history/keeping.py | visits: history server/history/keeping.py
keeping.calls: history server/history/keeping.py | letters: history server/deletion.py
alerts.to: letter server/letters/mail.py | webhook: letter server/letters/webhook.py | codes: letter server/letters/post.py
calendars.id: screen server/web/routes/calendars.py | names: screen server/web/routes/calendars.py
calendars.counters: screen server/web/routes/calendars.py | edition: access server/web/routes/calendars.py
webhooks.id: letter server/letters/hooks.py | address: letter server/letters/hook_letter.py
webhooks.secret_file: access server/own_files.py | events: letter server/letters/hook_letter.py
accessibility.mail: screen statement | phone: screen statement | form: screen statement | enforcement: screen statement
theme.logo: screen wall | logo_text: screen wall | logo_ground: screen server/web/palette.py | ticket_logo: paper public
media.id: access server/own_files.py | folder: screen config/own_files.py | text: screen server/own_files.py
media.displays: screen wall | seconds: screen server/own_files.py | hours: screen server/own_files.py
theme.walls: screen displays/pages/wall.html | night: screen server/web/palette.py | paper: screen server/web/palette.py
theme.night.ground: screen look | card: screen look | sunken: screen look | ink: screen look | ink_soft: screen look
theme.night.line: screen look | edge: screen look | act: screen look | act_ink: screen look | act_soft: screen look
theme.night.slip: screen look | slip_ink: screen look | slip_soft: screen look | focus: screen look
breaks.id: screen parts | names: screen parts
reasons.id: screen parts | names: screen parts
occasions.id: screen public | names: screen public | services: screen public | pictogram: screen public
profiles.id: screen parts | names: screen parts | services: screen parts
helpers.id: refusal sup | names: screen book_board | counters: refusal sup | services: refusal sup | begins: refusal sup
helpers.ends: refusal sup
situations.id: screen situations | names: screen book_board | reason: screen situations | services: refusal situations
rules.id: screen book_board | service: screen book_board | over_minutes: screen book_board | under_minutes: screen book_board
rules.counters: screen book_board | take: screen book_board | on: screen server/office/standing.py
situations.displays: screen situations | phones: screen situations | counters: screen situations | speak: voice situations
voices: voice server/push/announcing.py
ticket: paper public
texts: voice announced
"""
"""The same for the office file: `table.key: where file`, more keys of the table after bars. `check`: it warns of it."""

TABLES: dict[str, type[office.Table]] = {
    "hours": office.Hours, "roster": office.Roster, "services": office.ServicePlan, "counters": office.CounterPlan,
    "stations": office.StationPlan,
    "zones": office.Zone, "displays": office.Display, "kiosks": office.Kiosk, "printers": office.Printer,
    "policy": office.Policy, "policy.presets": office.Preset, "calls": office.Calls,
    "appointments": office.Appointments, "appointments.walk_ins": office.WalkIns, "appointments.releases": office.Release,
    "keeping": office.Keeping,
    "alerts": office.Alerts,
    "webhooks": office.Webhook, "calendars": office.Calendar,
    "accessibility": office.Accessibility, "theme": office.Theme, "theme.night": office.Colours,
    "media": office.Media,
    "breaks": office.Named,
    "reasons": office.Named, "profiles": office.Profile, "occasions": office.LifeSituation,
    "helpers": office.Helper, "situations": office.Situation, "rules": office.Rule,
}  # fmt: skip


def command_rows() -> dict[str, tuple[str, str, str]]:
    """`command.field` (or the command alone) → where, file or piece, word."""
    rows: dict[str, tuple[str, str, str]] = {}
    for line in COMMAND_ROWS.replace(",\n ", ",").strip().splitlines():
        command, _, rest = line.partition(": ")
        for row in rest.split(", "):
            where, file, *word = row.split()
            name = f"{command}.{_field(command, word[0])}" if word else command
            assert name not in rows, name
            rows[name] = where, file, word[0] if word else _rule(command)
    return rows


def _field(command: str, word: str) -> str:
    """A row may use the name of what a field becomes (`boost_until` for `until`), if that is the word to look for."""
    kind = COMMANDS.get(command)
    known = [field.encode_name for field in fields(kind)] if kind else [word]
    became = {"from_": "from", "boost_until": "until", "preset_until": "until", "silences": "until"}
    return word if word in known else became.get(word, word)


def _rule(command: str) -> str:
    return f"def {command}"


def file_rows() -> dict[str, tuple[str, str, str]]:
    """`table.key` → where, file or piece, word."""
    rows: dict[str, tuple[str, str, str]] = {}
    for line in FILE_ROWS.strip().splitlines():
        table = line.partition(":")[0].rpartition(".")[0]
        for row in line.split(" | "):
            key, _, rest = row.partition(": ")
            name = key if "." in key or not table else f"{table}.{key}"
            where, *file = rest.split()
            assert name not in rows, name
            rows[name] = where, file[0] if file else "", name.rpartition(".")[2]
    return rows


def test_every_command_and_every_field_of_one_has_its_row() -> None:
    wanted = {f"{name}.{field.encode_name}" for name, kind in COMMANDS.items() for field in fields(kind)}
    wanted |= {name for name, kind in COMMANDS.items() if not fields(kind)}
    _agree(set(command_rows()) - BARE, wanted - BARE, "COMMAND_ROWS")


def test_every_key_of_the_office_file_has_its_row() -> None:
    wanted = {f"{table}.{key.name}" for table, kind in TABLES.items() for key in fields(kind)}
    wanted |= {f"office.{key.name}" for key in fields(office.Office) if key.name in ("id", "name", "revision")}
    wanted |= {"office.time_zone", "office.languages", "office.practice"}
    wanted |= {key.name for key in fields(office.Office)} - {
        *TABLES,
        "id",
        "name",
        "revision",
        "time_zone",
        "languages",
        "practice",
    }

    classes = {kind for kind in vars(office).values() if isinstance(kind, type) and issubclass(kind, office.Table)}
    unlisted = sorted(kind.__name__ for kind in classes - {office.Table, office.Office, *TABLES.values()})
    assert not unlisted, f"tests/rules/test_effects.py: name {', '.join(unlisted)} in TABLES"
    _agree(set(file_rows()), wanted, "FILE_ROWS")


def _agree(rows: set[str], wanted: set[str], table: str) -> None:
    left, gone = sorted(wanted - rows), sorted(rows - wanted)
    file = "tests/rules/test_effects.py"
    assert not left, f"{file}: say in {table} where the effect of {', '.join(left)} is seen, or in which piece it comes"
    assert not gone, f"{file}: {table} has a row for {', '.join(gone)}, which nobody can say"


@pytest.mark.parametrize(("name", "row"), [*command_rows().items(), *file_rows().items()])
def test_the_named_file_makes_it_so(name: str, row: tuple[str, str, str]) -> None:
    where, file, word = row
    if where == "check":
        assert name in WITHOUT_EFFECT
        return
    assert where in WHERE
    if where == "later":
        assert file in LATER_PIECES
        return
    text = (ROOT / SHORT.get(file, file)).read_text(encoding="utf-8")
    assert re.search(rf"\b{re.escape(word)}\b", text), f"{file} does not know {word}"


def test_what_check_warns_of_has_no_other_row() -> None:
    """One value of a key (`table.key=value`) may have no effect although the key has one. Whole tables are given by name."""
    told = {name for name, (where, _, _) in file_rows().items() if where == "check"}
    assert told == {name for name in WITHOUT_EFFECT if "=" not in name}
    for value in (name for name in WITHOUT_EFFECT if "=" in name):
        assert value.partition("=")[0] in file_rows()
