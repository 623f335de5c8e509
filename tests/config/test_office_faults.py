"""Every fault that an office file can have: one case each, as a small change of a good office."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.loader import OfficeFileError, Reading, load, read

ReadText = Callable[[str], Reading]

VALUES = [
    ("minutes = 12", "minuten = 12", "services.ausweis.minuten", 'unknown key, did you mean "minutes"?'),
    ("minutes = 12", 'minutes = "lang"', "services.ausweis.minutes", "must be a number of minutes"),
    ("minutes = 12", "minutes = true", "services.ausweis.minutes", "must be a number of minutes"),
    ("minutes = 12", "minutes = 0", "services.ausweis.minutes", "must be from 0.5 to 480 minutes, is 0"),
    ("minutes = 12", "minutes = nan", "services.ausweis.minutes", "must be a number of minutes"),
    ("minutes = 12", f"minutes = 0x{'f' * 5000}", "services.ausweis.minutes", "is a huge number"),
    ("minutes = 12", "target_minutes = 1.5", "services.ausweis.target_minutes", "must be whole minutes"),
    ("minutes = 12", 'target_minutes = "90s"', "services.ausweis.target_minutes", "must be whole minutes"),
    ("minutes = 12", 'public_name = "no"', "services.ausweis.public_name", "must be true or false"),
    ("minutes = 12", "daily_limit = -1", "services.ausweis.daily_limit", "must be from 0"),
    ("minutes = 12", 'online_url = "javascript:alert(1)"', "services.ausweis.online_url", "must be an address"),
    (
        "minutes = 12",
        'online_url = "https://amt.example.de:0/"',
        "services.ausweis.online_url",
        "a port from 1 to 65535",
    ),
    ("minutes = 12", 'papers = { de = "Foto" }', "services.ausweis.papers.de", 'must be a list, as in ["Foto"]'),
    ("minutes = 12", 'papers = ["Foto"]', "services.ausweis.papers", "must be a table by language"),
    ("minutes = 12", 'hours = ["08:00-12:00"]', "services.ausweis.hours", "must be a table of weekdays"),
    ("minutes = 12", 'hours.mo = ["08:00-12:00"]', "services.ausweis.hours.mo", 'did you mean "mon"?'),
    ('id = "ausweis"', 'id = "aus weis"', "services.aus weis.id", "must be 1 to 64 letters"),
    ('id = "ausweis"', "id = 7", "services.#1.id", 'must be text in quotes ("7")'),
    ('id = "ausweis"\n', "", "services.#1.id", "is missing"),
    ('letter = "A"', 'letter = "a"', "services.ausweis.letter", "must be one or two capital letters"),
    ('letter = "A"\n', "", "services.ausweis.letter", "is missing"),
    ('de = "Ausweis"', 'de = " "', "services.ausweis.names.de", "must be 1 to 400 characters"),
    ('de = "Ausweis"', 'de = "a\\u0007b"', "services.ausweis.names.de", "without control characters"),
    ('de = "Ausweis"', "de = 5", "services.ausweis.names.de", "must be text"),
    ('en = "ID card"', 'Englisch = "ID card"', "services.ausweis.names.Englisch", "must be a language"),
    ('{ de = "Ausweis", en = "ID card" }', '"Ausweis"', "services.ausweis.names", "must be a table by language"),
    ('["step_free"]', '["stepfree"]', "counters.1.features", 'did you mean "step_free"?'),
    ('["step_free"]', '["step_free", "step_free"]', "counters.1.features", 'names "step_free" twice'),
    ('["step_free"]', '"step_free"', "counters.1.features", 'must be a list, as in ["step_free"]'),
    ('limit = "15min"', 'limit = "15 Minuten"', "stations.foto.limit", "must be a whole number of seconds"),
    ('limit = "15min"', 'limit = "30.5s"', "stations.foto.limit", "must be whole seconds"),
    ('limit = "15min"', 'limit = "9h"', "stations.foto.limit", 'must be from 30 to 14400 seconds, is the text "9h"'),
    ("ageing = [1, 2, 3]", "ageing = [1, 2]", "policy.presets.eilig.ageing", "must be a list of 3 values"),
    ("ageing = [1, 2, 3]", "ageing = [1, 2, 0]", "policy.presets.eilig.ageing", "must be from 1 to 100"),
    ("presets.eilig =", 'presets."e i" =', "policy.presets.e i", "must be 1 to 64 letters"),
    ("presets.eilig = {", "presets = 5 #", "policy.presets", "must be a table, is 5"),
    ("presets.eilig = {", "presets.eilig = 5 #", "policy.presets.eilig", "must be a table, is 5"),
    ('preset = "eilig"', 'arrival = "gedrückt"', "policy.arrival", "must be one of assumed, pressed"),
    ('name = "Test"\n', "", "office.name", "is missing"),
    ('id = "test"', 'id = "Test.Mitte"', "office.id", "must be small letters, digits and hyphens"),
    ('name = "Test"', 'name = "Test"\nrevision = 0', "office.revision", "must be from 1"),
    ('name = "Test"', 'name = "Test"\nzeitzone = "UTC"', "office.zeitzone", "unknown key"),
    (
        "[calls]",
        '[[printers]]\nid = "p"\nname = "P"\nnotch = true\n[calls]',
        "printers.p.notch",
        "has a command for a notch",
    ),
    ('name = "Test"', 'name = "Test"\nlanguages = ["deutsch!"]', "office.languages", "must be a language"),
    ('"tcp://192.168.1.50:9100"', '"192.168.1.50"', "printers.entrance.address", "must be tcp://host:port"),
    ('"tcp://192.168.1.50:9100"', '"file:tickets"', "printers.entrance.address", "must begin with tcp://"),
    ('"tcp://192.168.1.50:9100"', '"tcp://printer:0"', "printers.entrance.address", "a port from 1 to 65535"),
    ('dates = ["2026-12-25"]', 'dates = ["25.12.2026"]', "holidays.dates", "must be a date"),
    ('dates = ["2026-12-25"]', 'dates = ["2026-02-30"]', "holidays.dates", "is no day of the calendar"),
    ('dates = ["2026-12-25"]', 'date = ["2026-12-25"]', "holidays.date", 'unknown key, did you mean "dates"?'),
    ('dates = ["2026-12-25"]', 'state = "Bayern"', "holidays.state", 'must be a state as in "DE-BW", or a country'),
    ('dates = ["2026-12-25"]', "state = 7", "holidays.state", "must be a state"),
    ('dates = ["2026-12-25"]', 'state = "DE-XX"', "holidays.state", "no public holidays are known of DE-XX"),
    ('de = "Guten Tag"', "de = 1", "ticket.de", "must be text"),
    ('"08:00-12:00"', '"8-12"', "hours.mon", 'must be from-to as in "08:00-12:00"'),
    ('"08:00-12:00"', "8", "hours.mon", "must be from-to"),
    ('"08:00-12:00"', '"12:00-08:00"', "hours.mon", "must end after it begins"),
    ('"08:00-12:00"', '"08:00-24:30"', "hours.mon", "must be from-to"),
    ('"08:00-12:00"', '"08:00-13:30"', "hours.mon", "13:00-18:00 must come after 08:00-13:30"),
    ('"08:00-12:00"', '"18:00-19:00"', "hours.mon", "must come after"),
    ('["08:00-12:00", "13:00-18:00"]', '"08:00-12:00"', "hours.mon", "must be a list such as"),
    ("mon = [", "montag = [", "hours.montag", "unknown key"),
    ('days."2026-12-24"', 'days."24.12."', "hours.days.24.12.", "is no date"),
    *(
        ("[ticket]", f"[alerts]\n{key} = {value}\n[ticket]", f"alerts.{key}", reason)
        for key, value, reason in (
            ("to", '["leitung"]', "must be a mail address such as"),
            ("to", '["a@example.de", "a@example.de"]', 'names "a@example.de" twice'),
            ("to", '["a@example.de\\r\\nBcc: b@example.de"]', "must be a mail address"),
            ("to", "[" + ", ".join(f'"a{n}@example.de"' for n in range(21)) + "]", "has 21 addresses"),
            ("webhook", '"http://pager.example.de/"', "must be an address that begins with https://"),
            ("webhook", '"https://a:b@pager.example.de/"', "without name and password"),
            ("webhook", '"ftp://127.0.0.1/"', "must be an address"),
            ("webhook", '"https://pager.example.de:99999/"', "a port from 1 to 65535"),
            ("webhook", '"https://[:::]/"', "a host that can be read"),
            ("codes", '["no_counters"]', 'did you mean "no_counter"?'),
        )
    ),
    ('days."2026-12-24" = []', "days = 3", "hours.days", "must be a table such as"),
]

TABLES = [
    ("[office]", "office = 3\n[calls.y]", "office", "must be a table, is 3"),
    ("[calls]", "[anrufe]", "anrufe", "unknown table"),
    ("[calls]", "[cals]", "cals", 'unknown table, did you mean "calls"?'),
    ("[office]", "[offices]", "office", "is missing: every office file has a table [office]"),
    ("[[breaks]]", "[breaks]", "breaks", "must be a list of tables, as in [[breaks]]"),
    ("[office]", 'time_zone = "UTC"\n[office]', "time_zone", "unknown key outside any table; put it below [office]"),
    ("[office]", "helpers = [3]\n[office]", "helpers.#1", "must be a table, is 3"),
    ("[office]", "profiles = 3\n[office]", "profiles", "must be a list of tables"),
    ("[office]", "roster = [3]\n[office]", "roster", "must be a table of weekdays, is a list"),
    ("[calls]", "[roster]\nmon = 3\n[calls]", "roster.mon", 'must be a table of counters such as 1 = ["08:00-16:00"]'),
    ("[calls]", "[roster.mo]\n[calls]", "roster.mo", 'unknown key, did you mean "mon"?'),
    ("[calls]", "[roster.mon]\n1 = 3\n[calls]", "roster.mon.1", "or a table of `open` and `breaks`, is 3"),
    ("[calls]", '[roster.mon]\n1 = ["8-12"]\n[calls]', "roster.mon.1", 'must be from-to as in "08:00-12:00"'),
    ("[calls]", '[roster.mon]\n1.open = "x"\n[calls]', "roster.mon.1.open", "must be a list such as"),
    ("[calls]", "[roster.mon]\n1.opn = []\n[calls]", "roster.mon.1.opn", 'unknown key, did you mean "open"?'),
    (
        "[calls]",
        '[roster.mon]\n1 = { open = ["08:00-12:00"], breaks = ["11:50-12:10"] }\n[calls]',
        "roster.mon.1.breaks",
        "11:50-12:10 lies in no span of `open`",
    ),
    ("[calls]", "[roster]\ndays = 3\n[calls]", "roster.days", "must be a table such as 2026-12-24 ="),
    ("[calls]", "[roster.days.24]\n[calls]", "roster.days.24", "is no date"),
    ("[policy]", "[[policy]]", "policy", "must be a table, is a list"),
    ("[holidays]\ndates =", "[calls.x]\n[[holidays]]\ndates =", "holidays", "must be a table with a list `dates`"),
    ("[calls]", "[calls.deep]", "calls.deep", "unknown key"),
]

REFERENCES = [
    ('id = "kfz"', 'id = "ausweis"', "services.ausweis.id", "is used 2 times in services"),
    ('id = "2"', 'id = "1"', "counters.1.id", "is used 2 times in counters"),
    ('id = "foto"', 'id = "1"', "stations.1.id", "a counter has the id 1 too"),
    ('zone = "upstairs"', 'zone = "upstair"', "counters.2.zone", 'no upstair in zones, did you mean "upstairs"?'),
    ('zone = "upstairs"\n', "", "counters.2.zone", "is missing"),
    (
        'services = ["ausweis"]\nskills',
        'services = ["pass"]\nskills',
        "counters.1.services",
        "there is no pass in serv",
    ),
    ('"ausweis", "kfz"]', '"ausweis", "kfz", "pass"]', "counters.1.skills", "there is no pass in services"),
    ('skills = ["ausweis", "kfz"]', 'skills = ["kfz"]', "counters.1.skills", "must include ausweis"),
    (
        'services = ["ausweis"]\nskills',
        "services = []\nskills",
        "counters.1.services",
        "must name at least one service",
    ),
    ('zone = "hall"\nlimit', 'zone = "keller"\nlimit', "stations.foto.zone", "there is no keller in zones"),
    ('limit = "15min"', 'services = ["foto"]', "stations.foto.services", "there is no foto in services"),
    ('zones = ["hall", "upstairs"]', 'zones = ["saal"]', "displays.hall.zones", "there is no saal in zones"),
    ('zones = ["hall", "upstairs"]', "zones = []", "displays.hall.zones", "must name at least one zone"),
    ('printer = "entrance"', 'printer = "eingang"', "kiosks.entrance.printer", "there is no eingang in printers"),
    ('services = ["ausweis"]\n\n[policy]', 'services = ["x"]\n\n[policy]', "kiosks.entrance.services", "there is no x"),
    ('preset = "eilig"', 'preset = "ballanced"', "policy.preset", 'did you mean "balanced"?'),
    ("presets.eilig", "presets.plain", "policy.presets.plain", "is built in"),
    ('preset = "eilig"', 'appointment_before = "2h"', "policy.appointment_before", "must not be longer"),
    ('letter = "K"', 'letter = "A"', "services.kfz.letter", "A001-A999 overlaps the numbers of ausweis"),
    ('letter = "K"', 'letter = "K"\nfirst = 500\nlast = 100', "services.kfz.first", "must not be above `last`"),
    ('de = "Auto"', 'fr = "Auto"', "services.kfz.names", "has no name in de, the office's first language"),
    ('de = "Pause"', 'fr = "Pause"', "breaks.pause.names", "has no name in de"),
    ('name = "Test"', 'name = "Test"\nlanguages = []', "office.languages", "must name at least one language"),
    ('name = "Test"', 'name = "Test"\ntime_zone = "Europe/Berlln"', "office.time_zone", '"Europe/Berlin"?'),
    ('name = "Test"', 'name = "Test"\ntime_zone = "../../etc/passwd"', "office.time_zone", "there is no time zone"),
    ("[calls]", '[roster.mon]\nx = ["08:00-12:00"]\n[calls]', "roster.mon.x", "there is no x in counters"),
    (
        "[calls]",
        '[roster.days.2026-12-24]\n1x = ["08:00-12:00"]\n[calls]',
        "roster.days.2026-12-24.1x",
        "no 1x in counters",
    ),
    (
        "[calls]",
        "[[profiles]]\nid = 'neu'\nnames = { de = 'Neu', en = 'New' }\nservices = ['tee']\n[calls]",
        "profiles.neu.services",
        "there is no tee in services",
    ),
]


@pytest.mark.parametrize(("old", "new", "where", "reason"), [*VALUES, *TABLES, *REFERENCES])
def test_a_fault_is_found_and_named(
    small: str, read_text: ReadText, old: str, new: str, where: str, reason: str
) -> None:
    """File, table, key, reason and line of each fault; there is no Office then."""
    assert small.count(old) >= 1, "the case edits nothing"

    reading = read_text(small.replace(old, new, 1))

    found = {".".join(p for p in (f.table, f.key) if p): f for f in reading.faults if reason in f.reason}
    assert where in found, [str(fault) for fault in reading.faults]
    assert found[where].file.endswith("test.toml")
    assert found[where].line is not None or "every office file" in reason
    assert reading.office is None


@pytest.mark.parametrize(("old", "new", "where", "reason"), [case for case in VALUES if "id =" not in case[0]])
def test_a_wrong_value_is_one_fault_and_drags_no_others_along(
    small: str, read_text: ReadText, old: str, new: str, where: str, reason: str
) -> None:
    text = small.replace(old, new, 1)
    if "eilig =" in old:
        text = text.replace('preset = "eilig"\n', "")

    faults = read_text(text).faults

    others = [str(f) for f in faults if not f"{f.table}.{f.key}".startswith(where.rpartition(".")[0] or where)]
    assert others == []


def test_all_faults_are_listed_at_once_in_the_order_of_the_file(small: str, read_text: ReadText) -> None:
    text = small
    for old, new, _, _ in (VALUES[0], TABLES[2], REFERENCES[3], REFERENCES[5], REFERENCES[13], REFERENCES[15]):
        text = text.replace(old, new, 1)

    reading = read_text(text)

    assert [f"{fault.table}.{fault.key}" for fault in reading.faults] == [
        "services.ausweis.minuten",
        "counters.1.services",
        "counters.1.skills",
        "counters.2.zone",
        "kiosks.entrance.printer",
        "policy.preset",
        "cals.",
    ]


def test_several_dangling_names_in_one_list_are_each_named(small: str, read_text: ReadText) -> None:
    reading = read_text(small.replace('["hall", "upstairs"]', '["saal", "hall", "keller"]'))

    assert [fault.reason for fault in reading.faults] == ["there is no saal in zones", "there is no keller in zones"]


def test_a_table_that_cannot_be_read_makes_no_reference_dangle(small: str, read_text: ReadText) -> None:
    """One fault for the broken table, and none for the many places that name its items."""
    reading = read_text(small.replace("[[zones]]", "[zones]", 1).replace('\n[[zones]]\nid = "upstairs"', "\n[zones.b]"))

    assert [fault.table for fault in reading.faults] == ["zones"]


@pytest.mark.parametrize("table", ["services", "counters"])
def test_an_office_needs_services_and_counters(read_text: ReadText, small: str, table: str) -> None:
    empty = read_text(f"{table} = []\n[office]\nid = 'a'\nname = 'A'\n")

    assert (table, "is empty: an office needs at least one") in [(f.table, f.reason) for f in empty.faults]
    wrong = read_text(f"{table} = [3]\n[office]\nid = 'a'\nname = 'A'\n")
    assert (table, "must be a table, is 3") in [(f.table, f.reason) for f in wrong.faults]
    missing = read_text("[office]\nid = 'a'\nname = 'A'\n")
    assert (table, f"is missing: an office needs [[{table}]]") in [(f.table, f.reason) for f in missing.faults]


def test_an_office_has_at_most_a_hundred_counters(read_text: ReadText, small: str) -> None:
    more = "".join(f'[[counters]]\nid = "n{i}"\nzone = "hall"\n' for i in range(99))

    reading = read_text(small + more)

    assert [(f.table, f.reason) for f in reading.faults] == [("counters", "has 101 items; one office has at most 100")]


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"[office]\nid = \n", "is not TOML: Invalid value (at line 2, column 6)", 2),
        (b"[office]\nid = 'a'\nid = 'b'\n", "is not TOML: Cannot overwrite a value", 3),
        (b"[office]\nname = '\xff'\n", "is not UTF-8 text", 2),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "is not TOML", None),
        (b".".join([b"a"] * 3000) + b" = 1", "is not TOML: nested too deeply", None),
        (b"a = " + b"9" * 5000, "", None),
        (b"#" * 1_000_001, "is over 1,000,000 bytes", None),
    ],
    ids=["syntax", "duplicate key", "encoding", "deep list", "deep key", "huge number", "huge file"],
)
def test_what_is_no_toml_is_a_fault_with_its_line(
    tmp_path: Path, content: bytes, reason: str, line: int | None
) -> None:
    file = tmp_path / "broken.toml"
    file.write_bytes(content)

    reading = read(file)

    assert reading.office is None
    assert reading.faults[0].reason.startswith(reason)
    assert line is None or reading.faults[0].line == line


@pytest.mark.parametrize("name", ["nowhere.toml", "."])
def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path / name)

    assert [fault.reason.partition(":")[0] for fault in reading.faults] == ["cannot be read"]


def test_load_raises_with_every_fault(write: Callable[[str, str], Path]) -> None:
    file = write("bad.toml", "[office]\nid = 'bad'\n[[services]]\n[[counters]]\n")

    with pytest.raises(OfficeFileError) as raised:
        load(file)

    lines = str(raised.value).splitlines()
    assert lines[0] == f"{file} has {len(raised.value.faults)} faults:"
    assert lines[1] == f"  {file}: office.name: is missing (line 1)"
    assert len(lines) == 1 + len(raised.value.faults)


def test_a_roster_has_a_bound_for_a_day_and_for_all(small: str, read_text: ReadText) -> None:
    """Every checkpoint of the log carries it."""
    day = (
        "1 = ["
        + ", ".join(f'"{at // 60:02}:{at % 60:02}-{at // 60:02}:{at % 60 + 1:02}"' for at in range(0, 802, 2))
        + "]"
    )
    much = "".join(f"[roster.days.2026-12-{date:02}]\n{day}\n" for date in range(1, 6))

    found = [(".".join((one.table, one.key)).strip("."), one.reason) for one in read_text(f"{small}\n{much}").faults]

    assert ("roster.days.2026-12-01", "has 401 spans; one day has at most 400") in found
    assert ("roster", "has 2005 spans; a roster has at most 2000 in all") in found


CALLED = """
[[helpers]]
id = "hilfe"
names = {{ de = "Hilfe" }}
{helper}

[[situations]]
id = "feuer"
names = {{ de = "Feuer" }}
reason = "evacuation"
{situation}
"""


@pytest.mark.parametrize(
    ("helper", "situation", "where", "why"),
    [
        ('counters = ["99"]', "", "helpers.hilfe.counters", "there is no 99 in counters"),
        ('services = ["tee"]', "", "helpers.hilfe.services", "there is no tee in services"),
        ('begins = "8 Uhr"', "", "helpers.hilfe.begins", 'must be a time of day such as 08:30, is "8 Uhr"'),
        ('begins = "12:00"\nends = "08:00"', "", "helpers.hilfe.ends", "must be after `begins`, which is 12:00"),
        ("", 'services = ["tee"]', "situations.feuer.services", "there is no tee in services"),
        ("", "speak = true", "situations.feuer.speak", "reads out the words of `displays`, and there are none"),
    ],
)
def test_helpers_and_situations_that_cannot_work_are_told(
    small: str, read_text: ReadText, helper: str, situation: str, where: str, why: str
) -> None:
    assert read_text(small + CALLED.format(helper="", situation="")).faults == ()

    (fault,) = read_text(small + CALLED.format(helper=helper, situation=situation)).faults

    assert (f"{fault.table}.{fault.key}", fault.reason) == (where, why)


def test_a_situation_has_a_reason_that_pages_have_words_for(small: str, read_text: ReadText) -> None:
    text = small + CALLED.format(helper="", situation="")
    own = '[[reasons]]\nid = "feuer"\nnames = { de = "Feuer" }\n'

    unknown = read_text(text.replace('"evacuation"', '"feuer"')).faults
    many = text.replace('id = "feuer"', 'id = "{}"')
    table = many[many.index("[[situations]]") :]
    crowd = read_text(small + "".join(table.replace("{}", f"s{nth}") for nth in range(21))).faults

    assert [fault.reason for fault in unknown] == ["there is no feuer in reasons"]
    assert read_text(text.replace('"evacuation"', '"feuer"') + own).faults == ()
    assert [fault.reason for fault in crowd] == ["has 21 items; one office has at most 20"]


@pytest.mark.parametrize(
    ("said", "where", "why"),
    [
        ('service = "tee"', "rules.regel.service", "there is no tee in services"),
        ('counters = ["99"]', "rules.regel.counters", "there is no 99 in counters"),
        ("under_minutes = 40", "rules.regel.under_minutes", "must be below `over_minutes`, which is 40"),
        ('take = ["tee"]', "rules.regel.take", "there is no tee in services"),
    ],
)
def test_a_rule_that_could_never_help_or_end_is_told(
    small: str, read_text: ReadText, said: str, where: str, why: str
) -> None:
    good = {"service": '"kfz"', "over_minutes": "40", "under_minutes": "20", "counters": '["1"]'}

    def written(rows: dict[str, str], id: str = "regel") -> str:
        return "\n".join(["", "[[rules]]", f'id = "{id}"', *(f"{key} = {value}" for key, value in rows.items()), ""])

    changed = good | dict(line.split(" = ", 1) for line in said.splitlines())
    assert read_text(small + written(good)).faults == ()

    faults = read_text(small + written(changed)).faults

    assert (where, why) in [(f"{fault.table}.{fault.key}", fault.reason) for fault in faults]
    crowd = read_text(small + "".join(written(good, f"r{nth}") for nth in range(21))).faults
    assert [fault.reason for fault in crowd] == ["has 21 items; one office has at most 20"]
    (fault,) = read_text(small.replace('skills = ["ausweis", "kfz"]', "") + written(good)).faults
    assert (fault.key, fault.reason) == ("regel.counters", "counter 1 cannot serve kfz; see its `skills`")
