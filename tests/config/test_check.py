"""`aufruf check` as lines and exit codes, and how an office file is found by its id."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from config.check import run
from config.loader import explain
from config.office_files import find, office_id, samples

Write = Callable[[str, str], Path]


def checked(*files: Path, explain: bool = False) -> tuple[int, list[str]]:
    out = StringIO()
    code = run(files, explain, out)
    return code, out.getvalue().splitlines()


def test_a_good_file_is_one_line_and_exit_0(write: Write, small: str) -> None:
    file = write("good.toml", small)

    assert checked(file) == (0, [f"{file}: good: Test, 2 services, 2 counters"])


def test_a_fault_is_one_plain_line_and_exit_1(write: Write, small: str) -> None:
    file = write("bad.toml", small.replace("minutes = 12", "minuten = 12"))

    assert checked(file) == (
        1, [f'{file}: services.ausweis.minuten: unknown key, did you mean "minutes"? (line 13)']
    )  # fmt: skip


def test_a_warning_is_a_line_and_still_exit_0(write: Write, small: str) -> None:
    file = write("warned.toml", small.replace("[calls]", "[voices]\nde = ['hal9000']\n[calls]"))

    code, lines = checked(file)

    assert code == 0
    assert lines[0].startswith(f"warning: {file}: voices.")
    assert lines[1].startswith(f"{file}: good: ")


def test_one_bad_file_among_good_ones_fails_the_check(write: Write, small: str) -> None:
    code, lines = checked(write("good.toml", small), write("bad.toml", "[office"))

    assert code == 1
    assert len(lines) == 2


def test_two_files_for_one_office_fail_the_check(write: Write, small: str) -> None:
    one, other = write("one.toml", small), write("other.toml", small)

    code, lines = checked(one, other)

    assert code == 1
    assert lines[-1] == f"{other}: office.id: test is the office of {one} too"
    assert checked(one, one)[0] == 0


def test_explain_shows_every_value_and_its_place(write: Write, small: str) -> None:
    file = write("good.toml", small)

    code, lines = checked(file, explain=True)

    assert code == 0
    assert f"services.ausweis.minutes = 12.0  ({file}:13)" in lines
    assert f"services.ausweis.names.en = 'ID card'  ({file}:12)" in lines
    greeting = small.splitlines().index('de = "Guten Tag"') + 1
    assert f"ticket.de = 'Guten Tag'  ({file}:{greeting})" in lines
    assert "policy.away_minutes = 20  (default)" in lines
    assert "counters.2.label = 'Schalter 2'  (default)" in lines
    assert len(lines) == len(explain(file)) + 1


@pytest.mark.parametrize("file", samples(), ids=lambda file: file.stem)
def test_each_value_is_explained_once(file: Path) -> None:
    keys = [source.key for source in explain(file)]

    assert sorted(keys) == sorted(set(keys))


def test_control_characters_of_a_file_do_not_reach_the_terminal(write: Write, small: str) -> None:
    _, lines = checked(write("bad.toml", small.replace('id = "kfz"', 'id = "\\u001b[2Jx"')))

    assert lines
    assert all(line.isprintable() for line in lines)

    code, lines = checked(write("good.toml", small.replace('name = "Test"', 'name = "A\\nB \u202e 1"')))

    assert code == 0
    assert all(line.isprintable() for line in lines if "good: " in line)
    assert lines[-1].endswith("good: A?B ? 1, 2 services, 2 counters")


def test_find_takes_a_path_an_own_office_or_a_sample(write: Write, small: str, tmp_path: Path) -> None:
    own = write("data/offices/north.toml", small.replace('id = "test"', 'id = "nord"'))
    mine = write("data/offices/rathaus.toml", small.replace('id = "test"', 'id = "rathaus"'))

    assert find(str(own)) == own
    assert find("nord", tmp_path / "data") == own
    assert find("rathaus", tmp_path / "data") == mine
    assert find("rathaus").name == find("rathaus", tmp_path).name == "rathaus.toml"
    assert find("mitte") in samples()


def test_find_says_what_it_knows(tmp_path: Path) -> None:
    with pytest.raises(
        LookupError, match='no office file mite, did you mean "mitte"\\?; known offices: koffer, mitte, rathaus'
    ):
        find("mite", tmp_path)


@pytest.mark.parametrize("text", ["[office", "office = 3", "[office]\nid = 3", ""])
def test_a_file_that_names_no_id_goes_by_its_own_name(write: Write, text: str) -> None:
    assert office_id(write("ost.toml", text)) == "ost"
