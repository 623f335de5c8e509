"""The verb `audit verify`: what verbs did is in the chain; whoever changes an entry is found out, also if they hide the last."""

import json
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from tests.command_line.test_account import Verb, data, typed, verb

__all__ = ["data", "typed", "verb"]


def days(said: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    return list(json.loads(said.stdout))


def changed(data: Path, statement: str) -> None:
    with sqlite3.connect(data / "aufruf.db") as opened:
        opened.execute(statement)


def test_what_verbs_did_is_in_the_audit_and_a_change_shows(typed: Verb, data: Path) -> None:
    for words in (
        ("account", "add", "m.meyer", "--role", "clerk:mitte"),
        ("account", "roles", "m.meyer", "--role", "supervisor:mitte"),
        ("account", "sign-out", "m.meyer"),
        ("account", "disable", "m.meyer"),
        ("account", "enable", "m.meyer"),
        ("account", "link", "m.meyer"),
        ("token", "--role", "observer", "--name", "Leitstand"),
    ):
        assert typed(*words).returncode == 0, words
    id = json.loads(typed("tokens", "--json").stdout)[0]["id"]
    assert typed("tokens", "--revoke", id).returncode == 0

    (day,) = days(typed("audit", "verify", "--json"))
    assert (day["entries"], day["fault"]) == (8, None)
    with sqlite3.connect(data / "aufruf.db") as opened:
        rows = list(opened.execute("SELECT by, act FROM audit ORDER BY number"))
    assert {by for by, _ in rows} == {"command line"}
    assert [act for _, act in rows] == [
        *("account_made", "roles_set", "signed_out_everywhere", "account_disabled", "account_enabled", "link_made"),
        *("token_made", "token_revoked"),
    ]
    noted = f"{day['day']}={day['hash'][:12]}"
    assert typed("audit", "verify", "--noted", noted).returncode == 0

    changed(data, "DELETE FROM audit WHERE number = 8")
    assert typed("audit", "verify").returncode == 0
    told = typed("audit", "verify", "--noted", noted)
    assert (told.returncode, "not the one that was noted" in told.stderr) == (1, True)
    changed(data, "UPDATE audit SET about = '' WHERE number = 2")
    told = typed("audit", "verify")
    assert (told.returncode, "entry 2 is not as it was written" in told.stderr) == (1, True)


def test_a_hash_that_is_none_is_named(typed: Verb) -> None:
    told = typed("audit", "verify", "--noted", "gestern=x")

    assert (told.returncode, told.stderr.startswith("--noted: ")) == (2, True)
