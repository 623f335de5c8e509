"""The verb `account`, and what a token may be for. Without a server; a wrong use gives one line and makes nothing."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from config.loader import load
from config.office_files import find
from server.access.access import Access
from server.access.known import Known
from server.clock import SystemClock
from server.command_line import app
from server.history.database import close_database, default_url, open_database
from tests.conftest import FreshDatabase

Verb = Callable[..., "subprocess.CompletedProcess[str]"]
PASSWORD = "Kaffee um halb zehn"


@pytest.fixture
def data(tmp_path: Path, fresh_database: FreshDatabase) -> Path:
    """What `up` leaves behind: the office that it served is known."""

    url = fresh_database(tmp_path / "data")

    async def known() -> None:
        engine = await open_database(url)
        await Known(engine).note(load(find("mitte")))
        await Known(engine).note_address("https://warten.example.de")
        await close_database(engine)

    asyncio.run(known())
    return tmp_path / "data"


@pytest.fixture
def verb(data: Path) -> Verb:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-P", "-m", "server.command_line", *words, "--data", str(data)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    return run


@pytest.fixture
def typed(data: Path, capsys: pytest.CaptureFixture[str]) -> Verb:
    """The same in this process, so that Python need not start for every wrong word."""

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        with pytest.raises(SystemExit) as ended:
            app([*words, "--data", str(data)], prog_name="aufruf")
        return subprocess.CompletedProcess(words, int(str(ended.value)), *capsys.readouterr())

    return run


def listed(verb: Verb) -> list[dict[str, object]]:
    return list(json.loads(verb("account", "list", "--json").stdout))


def with_access(data: Path, work: Callable[[Access], object]) -> object:
    async def run() -> object:
        engine = await open_database(default_url(data))
        try:
            return await work(await Access.open(engine, SystemClock(), lambda office: ""))  # type: ignore[misc]
        finally:
            await close_database(engine)

    return asyncio.run(run())


def test_a_colleague_gets_an_account_a_link_other_roles_and_an_end(verb: Verb, data: Path) -> None:
    added = verb("account", "add", "m.meyer", "--role", "clerk:mitte", "--role", "observer")
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout.startswith("https://warten.example.de/first/aufruf_")
    clerk = {"role": "clerk", "office": "mitte"}
    assert listed(verb) == [
        {
            "name": "m.meyer",
            "roles": [clerk, {"role": "observer", "office": None}],
            "disabled": False,
            "password": False,
        }
    ]
    newer = verb("account", "link", "M.Meyer").stdout.strip()

    cookies: list[str] = []

    async def chosen(access: Access) -> None:
        assert await access.first_link.redeem(added.stdout.strip().rpartition("/")[2]) is None
        account = await access.first_link.redeem(newer.rpartition("/")[2])
        assert account is not None
        await access.accounts.set_password(account.id, PASSWORD)
        signed_in = await access.accounts.sign_in("m.meyer", PASSWORD, "192.0.2.7")
        assert signed_in is not None
        cookies.append(access.sessions.begin(signed_in))
        assert await access.gate.known(cookie=cookies[0]) is not None

    async def ended(access: Access) -> None:
        assert await access.gate.known(cookie=cookies[0]) is None
        assert await access.accounts.sign_in("m.meyer", PASSWORD, "192.0.2.7") is not None

    with_access(data, chosen)
    assert verb("account", "sign-out", "m.meyer").returncode == 0
    with_access(data, ended)
    assert verb("account", "roles", "m.meyer", "--role", "supervisor", "--office", "mitte").returncode == 0
    assert listed(verb)[0]["roles"] == [{"role": "supervisor", "office": "mitte"}]
    assert verb("account", "disable", "m.meyer").returncode == 0

    async def refused(access: Access) -> None:
        assert await access.accounts.sign_in("m.meyer", PASSWORD, "192.0.2.7") is None

    with_access(data, refused)
    assert listed(verb)[0]["disabled"] is True
    assert verb("account", "link", "m.meyer").returncode == 2
    assert verb("account", "enable", "m.meyer").returncode == 0


WRONG = [
    (["account", "add", "x"], "--role"),
    (["account", "add", "x", "--role", "boss"], "--role"),
    (["account", "add", "x", "--role", "kiosk:mitte"], "--role"),
    (["account", "add", "x", "--role", "clerk:mite"], "--role"),
    (["account", "add", "x", "--role", "clerk", "--office", "mite"], "--office"),
    (["account", "add", " ", "--role", "clerk"], "NAME"),
    (["account", "roles", "nobody", "--role", "clerk"], "NAME"),
    (["account", "disable", "nobody"], "NAME"),
    (["account", "sign-out", "nobody"], "NAME"),
    (["account", "link", "nobody"], "NAME"),
    (["account", "link", "nobody", "--server", "warten.example.de"], "--server"),
    (["account", "add", "x", "--role", "clerk", "--server", ""], "--server"),
    (["token", "--role", "kiosk", "--office", "mitte"], "--for"),
    (["token", "--role", "kiosk", "--office", "mitte", "--for", "entrence"], "--for"),
    (["token", "--role", "announcer", "--for", "lobby"], "--for"),
    (["token", "--role", "printer"], "--for"),
    (["token", "--role", "display", "--for", "hal"], "--for"),
    (["token", "--role", "station"], "--for"),
    (["token", "--role", "clerk", "--for", "99"], "--for"),
    (["token", "--role", "clerk", "--office", "mite"], "--office"),
]


@pytest.mark.parametrize(("words", "option"), WRONG)
def test_a_wrong_use_is_one_line_that_names_the_option_and_makes_nothing(
    typed: Verb, words: list[str], option: str
) -> None:
    done = typed(*words)

    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert option in done.stderr
    assert done.stderr.count("\n") == 1
    assert listed(typed) == []
    assert json.loads(typed("tokens", "--json").stdout) == []


@pytest.mark.parametrize(
    ("role", "device"), [("kiosk", "entrance"), ("announcer", "hall"), ("clerk", "3"), ("display", "hall")]
)
def test_a_known_device_gets_its_token(verb: Verb, role: str, device: str) -> None:
    made = verb("token", "--role", role, "--office", "mitte", "--for", device)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("aufruf_")
