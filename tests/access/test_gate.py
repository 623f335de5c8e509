"""The gate: which request acts as whom, and what it may see."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.access import Access
from server.access.gate import Pass, may_see
from server.messages.actor import Actor
from server.messages.instants import HOUR
from server.messages.problems import Refusal
from server.messages.rights import BOARDS, DEVICES
from server.messages.terms import BoardKind, Role

Later = Callable[[int], None]
GOOD = "Kaffee um halb zehn"


async def test_a_device_token_acts_for_its_one_device(access: Access) -> None:
    secret, token = await access.tokens.create("kiosk", ["mitte"], device="entrance")

    actor = await access.gate.enter("mitte", None, bearer=secret)

    name = f"token:{token.id}"
    assert actor == Actor(role="kiosk", principal=name, holder=name, device="entrance")


async def test_a_supervisors_token_is_named_in_the_log_and_a_clerks_never(access: Access) -> None:
    supervisor, token = await access.tokens.create("supervisor", ["mitte"])
    clerk, _ = await access.tokens.create("clerk", ["mitte"])

    named = await access.gate.enter("mitte", None, bearer=supervisor)
    unnamed = await access.gate.enter("mitte", None, bearer=clerk)

    assert isinstance(named, Actor)
    assert isinstance(unnamed, Actor)
    assert named.account == token.id
    assert unnamed.account == ""


async def test_a_page_acts_under_a_random_id_of_the_day(access: Access, other_node: Access) -> None:
    """All tabs and nodes see one holder, and the account cannot be derived from it."""
    account = await access.accounts.create("meyer", GOOD, [("clerk", "mitte"), ("clerk", "nord")])
    cookie = access.sessions.begin(account)

    here = await access.gate.enter("mitte", None, cookie=cookie)
    there = await other_node.gate.enter("mitte", None, cookie=cookie)
    north = await access.gate.enter("nord", None, cookie=cookie)

    assert isinstance(here, Actor)
    assert here == there
    assert here.page
    assert here.principal == f"signin:{here.holder}"
    assert len(here.holder) == 32
    assert account.id not in repr(here)
    assert isinstance(north, Actor)
    assert north.holder != here.holder


async def test_the_id_of_a_day_goes_one_day_later(access: Access, other_node: Access) -> None:
    before = await access.sign_ins.of("mitte", "a-1", "2026-11-21")
    elsewhere = await access.sign_ins.of("nord", "a-1", "2026-11-21")
    today = await access.sign_ins.of("mitte", "a-1", "2026-11-22")

    await access.forget_day("mitte", "2026-11-21")

    for node in (access, other_node):
        assert await node.sign_ins.of_the_day_before("mitte", "a-1", "2026-11-22") == before
        assert await node.sign_ins.of_the_day_before("mitte", "a-2", "2026-11-22") == ""
    await access.forget_day("mitte", "2026-11-22")
    for node in (access, other_node):
        assert await node.sign_ins.of_the_day_before("mitte", "a-3", "2026-11-22") == ""
    assert await access.sign_ins.of_the_day_before("mitte", "a-1", "2026-11-22") == ""
    assert await other_node.sign_ins.of("mitte", "a-1", "2026-11-21") != before
    assert await access.sign_ins.of("mitte", "a-1", "2026-11-22") == today
    assert await other_node.sign_ins.of("nord", "a-1", "2026-11-21") == elsewhere


async def test_first_presses_at_the_same_time_write_once(access: Access, engine: AsyncEngine) -> None:
    """Two hundred writers of one SQLite file would wait for each other until the last ones are refused."""
    written: list[str] = []

    def note(*said: Any) -> None:
        written.extend(sql for sql in said[2:3] if sql.startswith("INSERT"))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    ids = await asyncio.gather(*(access.sign_ins.of("mitte", "a-1", "2026-11-22") for _ in range(200)))

    assert len(set(ids)) == 1
    assert len(written) == 1


async def test_of_several_roles_the_highest_counts_for_each_office(access: Access) -> None:
    pairs: list[tuple[Role, str]] = [("clerk", ""), ("supervisor", "nord"), ("desk", "mitte")]
    account = await access.accounts.create("meyer", GOOD, pairs)
    asker = await access.gate.known(cookie=access.sessions.begin(account))

    assert asker is not None
    assert [asker.role(office) for office in ("nord", "mitte", "süd")] == ["supervisor", "clerk", "clerk"]
    assert asker.highest == "supervisor"
    assert asker.offices == ()


async def test_a_supervisors_page_is_named_by_its_account(access: Access) -> None:
    account = await access.accounts.create("chefin", GOOD, [("supervisor", "mitte")])

    actor = await access.gate.enter("mitte", None, cookie=access.sessions.begin(account))

    assert isinstance(actor, Actor)
    assert actor.account == account.id
    assert "chefin" not in repr(actor)


async def test_why_somebody_does_not_come_in(access: Access) -> None:
    secret, _ = await access.tokens.create("clerk", ["mitte"])
    account = await access.accounts.create("meyer", GOOD, [])
    supervisors = frozenset[Role]({"supervisor", "admin"})

    answers = [
        await access.gate.enter("mitte", None),
        await access.gate.enter("mitte", None, bearer="aufruf_wrong"),
        await access.gate.enter("mitte", None, cookie="wrong"),
        await access.gate.enter("mitte", None, cookie=access.sessions.begin(account)),
        await access.gate.enter("nord", None, bearer=secret),
        await access.gate.enter("mitte", supervisors, bearer=secret),
    ]

    assert [answer.code for answer in answers if isinstance(answer, Refusal)] == [
        "not_signed_in",
        "not_signed_in",
        "not_signed_in",
        "not_signed_in",
        "not_allowed",
        "not_allowed",
    ]


async def test_a_bad_token_is_not_saved_by_a_good_cookie(access: Access) -> None:
    account = await access.accounts.create("meyer", GOOD, [("clerk", "mitte")])

    assert await access.gate.known(bearer="aufruf_wrong", cookie=access.sessions.begin(account)) is None


async def test_the_link_of_a_ticket_acts_for_that_ticket(access: Access) -> None:
    found = access.gate.holder(access.links.secret("mitte", "k3n9"))

    assert found is not None
    office, ticket, actor = found
    assert (office, ticket) == ("mitte", "k3n9")
    assert actor == Actor(role="holder", principal="ticket:mitte.k3n9", holder="ticket:mitte.k3n9", device="k3n9")
    assert access.gate.holder("mitte.k3n9.AAAAAAAAAAAAAAAAAAAAAA") is None


async def test_open_sockets_learn_whose_right_ended(access: Access, other_node: Access, later: Later) -> None:
    kept, _ = await access.tokens.create("display", ["mitte"], device="hall")
    lost, gone = await access.tokens.create("display", ["mitte"], device="door")
    stays = await access.accounts.create("stays", GOOD, [("clerk", "mitte")])
    leaves = await access.accounts.create("leaves", GOOD, [("clerk", "mitte")])
    changes = await access.accounts.create("changes", GOOD, [("clerk", "mitte")])
    passes: dict[str, Pass | None] = {
        "kept": await other_node.gate.known(bearer=kept),
        "lost": await other_node.gate.known(bearer=lost),
        **{
            a.name or "": await other_node.gate.known(cookie=access.sessions.begin(a)) for a in (stays, leaves, changes)
        },
    }
    await access.tokens.revoke(gone.id)
    await access.accounts.sign_out_everywhere(leaves.id)
    await access.accounts.set_grants(changes.id, [("desk", "mitte")])
    later(2_000)

    living = await other_node.gate.living([one for one in passes.values() if one is not None])

    assert {name for name, one in passes.items() if one in living} == {"kept", "stays"}
    later(12 * HOUR)
    living = await other_node.gate.living([one for one in passes.values() if one is not None])
    assert {name for name, one in passes.items() if one in living} == {"kept"}


@pytest.mark.parametrize("kind", sorted(BOARDS))
@pytest.mark.parametrize("role", sorted(DEVICES))
def test_a_device_sees_the_board_that_names_it_and_no_other(kind: BoardKind, role: Role) -> None:
    actor = Actor(role=role, principal="token:t", device="x")

    assert (may_see(actor, kind, "x") is None) == (kind == role)
    assert may_see(actor, kind, "y") is not None


def test_what_staff_may_see() -> None:
    clerk = Actor(role="clerk", principal="signin:s", page=True)
    bound = Actor(role="clerk", principal="token:t", device="3")

    assert may_see(clerk, "counter", "4") is None
    assert may_see(bound, "counter", "3") is None
    assert may_see(bound, "counter", "4") is not None
    assert may_see(bound, "display", "hall") is None
    assert may_see(clerk, "supervisor", "") is not None


def test_a_link_shows_its_own_ticket_only() -> None:
    holder = Actor(role="holder", principal="ticket:mitte.k3n9", device="k3n9")

    assert may_see(holder, "ticket", "k3n9") is None
    assert may_see(holder, "ticket", "other") is not None
    assert may_see(holder, "counter", "k3n9") is not None
