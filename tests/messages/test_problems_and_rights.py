"""Refusals are a closed set of codes, each with its status; every command and board has a row that says who may use it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from server.messages.commands import COMMANDS, SystemCommand
from server.messages.frames import CLOSE
from server.messages.problems import CODES, RETRY, FaultyField, Refusal
from server.messages.rights import BOARDS, HOLDER_COMMANDS, METRICS
from server.messages.rights import COMMANDS as ROWS
from server.messages.terms import Role

SERVER = Path(__file__).parents[2] / "server"
ALL: set[Role] = set(get_args(Role))


def test_every_code_is_known_with_a_status_of_its_kind() -> None:
    assert set(CODES.values()) <= {400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503}
    assert {code for code in CODES if CODES[code] in (429, 503)} == RETRY


def test_every_code_in_the_code_is_in_the_set() -> None:
    """In every module that refuses: an undeclared code would be a 500 at the worst moment."""
    said = re.compile(r'(?:No\(\s*"|Refusal\(\s*code="|refuse\(\s*")([a-z_]+)"')
    found = {code for file in SERVER.rglob("*.py") for code in said.findall(file.read_text(encoding="utf-8"))}

    assert len(found) > 30
    assert found <= CODES.keys()


@pytest.mark.parametrize("code", CODES)
def test_a_problem_as_callers_get_it(code: str) -> None:
    """RFC 9457, with `code` and `retry`."""
    refusal = Refusal(code=code, detail="why", more={"until": "2026"}, errors=(FaultyField(field="x", reason="y"),))

    assert refusal.problem() == {
        "type": f"urn:aufruf:problem:{code}",
        "title": code.replace("_", " "),
        "status": CODES[code],
        "detail": "why",
        "code": code,
        "retry": code in RETRY,
        "until": "2026",
        "errors": [{"field": "x", "reason": "y"}],
    }
    assert "errors" not in Refusal(code=code, detail="").problem()


def test_what_the_system_asks_nobody_else_may() -> None:
    system = {str(kind.__struct_config__.tag) for kind in get_args(SystemCommand)}

    assert system <= ROWS.keys()
    assert all(ROWS[name] == {"system"} for name in system)


def test_roles_stand_above_each_other() -> None:
    """What the desk may do, a clerk may do, and so may a supervisor and an admin; observers press nothing."""
    for name in COMMANDS.keys() & ROWS.keys():
        who = ROWS[name]
        assert who <= ALL
        assert "admin" in who
        assert "desk" not in who or {"clerk", "supervisor"} <= who
        assert "clerk" not in who or "supervisor" in who
        assert not who & {"observer", "display", "announcer"}
    for kind, who in BOARDS.items():
        if kind not in ("ticket", "pairing"):
            assert {"admin", "observer"} <= who
    assert {"admin", "observer"} == METRICS


def test_a_link_may_three_things_and_its_appointment_three() -> None:
    of_link = {name for name in COMMANDS.keys() & ROWS.keys() if "holder" in ROWS[name]}

    assert of_link == HOLDER_COMMANDS | {"move_appointment", "cancel_appointment", "check_in"}


def test_close_codes_are_those_of_the_contract() -> None:
    assert sorted(CLOSE.values()) == [1001, 1012, 4400, 4401, 4403, 4404, 4408]
