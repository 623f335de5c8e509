"""Session cookies and the first administrator's link."""

from collections.abc import Callable

import pytest

from server.access.access import Access
from server.access.installation import InstallationKey
from server.access.sessions import Sessions
from server.clock import Clock

Later = Callable[[int], None]
GOOD = "Kaffee um halb zehn"
HOUR = 3_600_000


async def test_a_session_names_its_account_on_every_node(access: Access, other_node: Access) -> None:
    account = await access.accounts.create("meyer", GOOD, [("clerk", "mitte")])
    cookie = access.sessions.begin(account)

    session = other_node.sessions.read(cookie)

    assert session is not None
    assert await other_node.sessions.account_of(session) == account


async def test_a_session_ends_after_twelve_hours(access: Access, later: Later) -> None:
    cookie = access.sessions.begin(await access.accounts.create("meyer", GOOD, []))

    later(12 * HOUR - 1)
    assert access.sessions.read(cookie) is not None
    later(1)
    assert access.sessions.read(cookie) is None


async def test_a_changed_cookie_is_no_cookie(access: Access) -> None:
    cookie = access.sessions.begin(await access.accounts.create("meyer", GOOD, []))

    for spoiled in (cookie[:-1], cookie + "A", cookie.swapcase(), "", "x" * 2_000, "é", cookie.split(".")[0]):
        assert access.sessions.read(spoiled) is None


async def test_sign_out_everywhere_ends_sessions_on_all_nodes(access: Access, other_node: Access, later: Later) -> None:
    account = await access.accounts.create("meyer", GOOD, [])
    session = access.sessions.read(access.sessions.begin(account))
    assert session is not None
    assert await other_node.sessions.account_of(session) is not None

    await access.accounts.sign_out_everywhere(account.id)

    assert await access.sessions.account_of(session) is None
    later(2_000)
    assert await other_node.sessions.account_of(session) is None


async def test_a_new_password_ends_the_sessions_of_before(access: Access) -> None:
    account = await access.accounts.create("meyer", GOOD, [])
    session = access.sessions.read(access.sessions.begin(account))
    assert session is not None

    changed = await access.accounts.set_password(account.id, "Tee um viertel nach")

    assert await access.sessions.account_of(session) is None
    assert access.sessions.read(access.sessions.begin(changed)) is not None


@pytest.mark.parametrize(("secure", "name"), [(False, "aufruf"), (True, "__Host-aufruf")])
async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    access: Access, clock: Clock, secure: bool, name: str
) -> None:
    sessions = Sessions(InstallationKey(bytes(32)), clock, access.accounts, secure=secure)

    cookie = sessions.cookie("value")

    assert (cookie["key"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == (name, True, "strict", secure)
    assert (cookie["path"], cookie["max_age"]) == ("/", 43_200)
    assert sessions.ended()["max_age"] == 0


async def test_the_first_link_lets_one_administrator_in_once(access: Access) -> None:
    secret = await access.first_link.fresh()
    assert secret is not None
    assert await access.first_link.good(secret)

    account = await access.first_link.redeem(secret)

    assert account is not None
    assert (account.grants, account.name, account.has_password) == ((("admin", ""),), None, False)
    assert await access.first_link.redeem(secret) is None
    assert not await access.first_link.good(secret)

    named = await access.accounts.set_name_and_password(account.id, "Leitung", GOOD)
    assert await access.accounts.sign_in("leitung", GOOD, "192.0.2.7") == named


async def test_every_start_prints_a_fresh_link_until_an_administrator_has_a_password(
    access: Access, other_node: Access
) -> None:
    first, second = await access.first_link.fresh(), await other_node.first_link.fresh()
    assert first is not None
    assert second is not None
    assert first != second
    account = await access.first_link.redeem(first)
    assert account is not None

    again = await other_node.first_link.redeem(second)
    assert again is not None
    assert again.id == account.id, "who left without a password comes in as the same administrator"

    third = await access.first_link.fresh()
    await access.accounts.set_name_and_password(account.id, "Leitung", GOOD)
    assert third is not None
    assert await access.first_link.redeem(third) is None, "an open link is worth nothing any more"
    assert await access.first_link.fresh() is None


async def test_the_first_link_ends_after_a_day(access: Access, later: Later) -> None:
    secret = await access.first_link.fresh()
    assert secret is not None

    later(24 * HOUR)

    assert await access.first_link.redeem(secret) is None


async def test_a_guessed_link_lets_nobody_in(access: Access) -> None:
    await access.first_link.fresh()

    assert await access.first_link.redeem("aufruf_" + "A" * 43) is None
    assert await access.first_link.redeem("") is None
