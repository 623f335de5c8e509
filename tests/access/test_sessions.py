"""Session cookies and the first administrator's link."""

from collections.abc import Callable

import pytest

from server.access.access import Access
from server.messages.instants import HOUR

Later = Callable[[int], None]
GOOD = "Kaffee um halb zehn"


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
async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(access: Access, secure: bool, name: str) -> None:
    cookie = access.sessions.cookie("page", "value", secure=secure)

    assert (cookie["key"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == (name, True, "strict", secure)
    assert (cookie["path"], cookie["max_age"]) == ("/", 43_200)
    assert access.sessions.taken_back("device", secure=secure)["max_age"] == 0


async def test_signing_out_ends_the_cookie_itself_on_every_node(access: Access, other_node: Access) -> None:
    account = await access.accounts.create("meyer", GOOD, [("clerk", "mitte")])
    cookie, another = access.sessions.begin(account), access.sessions.begin(account)
    session = access.sessions.read(cookie)
    assert session is not None

    await access.sessions.end(session)
    await other_node.ended.look()

    for node in (access, other_node):
        assert await node.gate.known(cookie=cookie) is None
        assert await node.gate.known(cookie=another) is not None, "another browser's session goes on"


async def test_a_device_acts_by_a_session_that_ends_with_its_token(access: Access, other_node: Access) -> None:
    secret, token = await access.tokens.create("kiosk", ["mitte"], device="entrance", name="Automat")
    cookie = access.sessions.begin_device(token)

    asker = await other_node.gate.known(device=cookie)

    assert secret not in cookie
    assert asker is not None
    assert (asker.id, asker.device, asker.name) == (token.id, "entrance", "Automat")
    assert await access.gate.known(cookie=cookie) is None, "a device's cookie is none of staff"
    await access.tokens.revoke(token.id)
    await other_node.ended.look()
    assert await other_node.gate.known(device=cookie) is None


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


async def test_a_newer_first_link_ends_the_older(access: Access, other_node: Access) -> None:
    first, second = await access.first_link.fresh(), await other_node.first_link.fresh()
    assert first is not None
    assert second is not None
    assert await access.first_link.redeem(first) is None
    account = await access.first_link.redeem(second)
    assert account is not None

    third = await access.first_link.fresh()
    assert third is not None
    again = await other_node.first_link.redeem(third)
    assert again is not None
    assert again.id == account.id, "who left without a password comes in as the same administrator"

    fourth = await access.first_link.fresh()
    await access.accounts.set_name_and_password(account.id, "Leitung", GOOD)
    assert fourth is not None
    assert await access.first_link.redeem(fourth) is None, "an open link is worth nothing any more"
    assert await access.first_link.fresh() is None


async def test_a_colleagues_link_is_theirs_alone(access: Access) -> None:
    meyer = await access.accounts.create("meyer", None, [("clerk", "mitte")])
    schulz = await access.accounts.create("schulz", GOOD, [("clerk", "mitte")])
    older, hers = await access.first_link.for_account(meyer.id), await access.first_link.for_account(meyer.id)
    his, first = await access.first_link.for_account(schulz.id), await access.first_link.fresh()
    assert first is not None

    assert await access.first_link.redeem(older) is None
    assert await access.first_link.redeem(hers) == meyer
    assert await access.first_link.redeem(hers) is None
    await access.accounts.disable(schulz.id)
    assert await access.first_link.redeem(his) is None
    assert await access.first_link.good(first), "a colleague's link ends no other"


async def test_the_first_link_ends_after_a_day(access: Access, later: Later) -> None:
    secret = await access.first_link.fresh()
    assert secret is not None

    later(24 * HOUR)

    assert await access.first_link.redeem(secret) is None


async def test_a_guessed_link_lets_nobody_in(access: Access) -> None:
    await access.first_link.fresh()

    assert await access.first_link.redeem("aufruf_" + "A" * 43) is None
    assert await access.first_link.redeem("") is None
