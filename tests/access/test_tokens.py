"""Bearer tokens: random, stored as hashes, valid at once everywhere, refused soon after they are revoked."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from server.access.access import Access
from server.access.tokens import ROLES
from server.messages.instants import MINUTE

Later = Callable[[int], None]


async def test_a_token_is_good_for_what_it_was_made_for(access: Access) -> None:
    secret, made = await access.tokens.create("display", ["mitte"], device="hall", name="Wand am Eingang")

    token = await access.tokens.verify(secret)

    assert token == made
    assert (made.role, made.offices, made.device, made.name) == ("display", ("mitte",), "hall", "Wand am Eingang")
    assert made.of("mitte")
    assert not made.of("nord")


async def test_a_token_without_offices_is_good_for_all(access: Access) -> None:
    _, token = await access.tokens.create("observer")

    assert token.of("mitte")
    assert token.of("an office opened next year")


async def test_a_token_has_256_random_bits_and_is_safe_in_a_header(access: Access) -> None:
    secrets = {(await access.tokens.create("clerk"))[0] for _ in range(20)}

    assert len(secrets) == 20
    assert {len(secret) for secret in secrets} == {50}  # "aufruf_" and 43 characters of base64: 32 bytes
    assert all(secret.replace("_", "").replace("-", "").isalnum() for secret in secrets)


async def test_the_database_never_holds_the_token(access: Access, tmp_path: Path) -> None:
    secret, _ = await access.tokens.create("admin", name="bootstrap")

    files = [path.read_bytes() for path in (tmp_path / "data").iterdir()]

    assert any(b"bootstrap" in content for content in files)
    assert not any(secret.encode() in content for content in files)


async def test_only_its_owner_may_read_the_database(access: Access, tmp_path: Path) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}

    assert set(modes.values()) == {0o600}, modes


@pytest.mark.parametrize(
    "wrong", ["", "aufruf_", "Bearer x", "aufruf_" + "A" * 43, "ä" * 50, "x" * 5_000, "aufruf_' OR 1=1 --"]
)
async def test_what_is_no_token_is_refused(access: Access, wrong: str) -> None:
    await access.tokens.create("admin")

    assert await access.tokens.verify(wrong) is None


async def test_only_known_roles_have_tokens(access: Access) -> None:
    """The holder of a ticket comes with a link, whoever draws one at the door with a code, and the system needs no token."""
    assert not {"holder", "door", "system"} & ROLES
    with pytest.raises(ValueError, match="no role 'holder'"):
        await access.tokens.create("holder")


async def test_a_revoked_token_is_refused_at_once_here_and_within_two_seconds_there(
    access: Access, other_node: Access, later: Later
) -> None:
    secret, token = await access.tokens.create("clerk", ["mitte"])
    assert await other_node.tokens.verify(secret) is not None

    assert await access.tokens.revoke(token.id)

    assert await access.tokens.verify(secret) is None
    later(2_000)
    assert await other_node.tokens.verify(secret) is None
    assert not await access.tokens.revoke(token.id), "it was revoked before"


async def test_a_token_made_by_another_process_is_good_at_once(access: Access, other_node: Access) -> None:
    """`aufruf token` runs while `up` runs."""
    assert await other_node.tokens.verify("aufruf_" + "B" * 43) is None

    secret, _ = await access.tokens.create("kiosk", ["mitte"], device="entrance")

    assert await other_node.tokens.verify(secret) is not None


async def test_a_token_outlives_a_restart(access: Access, other_node: Access) -> None:
    secret, token = await access.tokens.create("supervisor", ["mitte"], name="Frühdienst")

    assert await other_node.tokens.list() == [token]
    assert await other_node.tokens.verify(secret) == token


async def test_a_token_ends_when_it_was_said_to(access: Access, later: Later) -> None:
    secret, _ = await access.tokens.create("booking", expires_ms=MINUTE)

    later(59_999)
    assert await access.tokens.verify(secret) is not None
    later(1)
    assert await access.tokens.verify(secret) is None


async def test_the_last_use_is_written_at_most_once_a_minute(access: Access, later: Later) -> None:
    secret, _ = await access.tokens.create("printer", ["mitte"], device="entrance")
    uses = []
    for _ in range(4):
        await access.tokens.verify(secret)
        await access.tokens.note_uses()
        uses.append((await access.tokens.list())[0].used_at)
        later(25_000)

    first = uses[0]
    assert first is not None
    assert uses == [first, first, first, first + 75_000]


async def test_open_sockets_learn_which_tokens_still_live(access: Access, other_node: Access, later: Later) -> None:
    made = [(await access.tokens.create("display", device=f"d{n}"))[1].id for n in range(3)]
    short = (await access.tokens.create("display", expires_ms=1_000))[1].id
    await other_node.tokens.revoke(made[1])
    later(1_000)

    assert set(await access.tokens.living([*made, short, "t-unknown"])) == {made[0], made[2]}


async def test_a_token_whose_socket_is_closed_is_not_let_in_again_by_a_kept_answer(
    access: Access, other_node: Access
) -> None:
    secret, token = await access.tokens.create("clerk")
    assert await access.tokens.verify(secret) == token
    await other_node.tokens.revoke(token.id)
    assert await access.tokens.verify(secret) == token, "the answer is at most two seconds old"

    assert not await access.tokens.living([token.id])

    assert await access.tokens.verify(secret) is None


async def test_an_answer_asked_before_a_revocation_does_not_outlive_it(access: Access) -> None:
    secret, token = await access.tokens.create("clerk")

    await asyncio.gather(*(access.tokens.verify(secret) for _ in range(5)), access.tokens.revoke(token.id))

    assert await access.tokens.verify(secret) is None


async def test_a_check_from_the_cache_touches_no_database(access: Access, tmp_path: Path) -> None:
    secret, token = await access.tokens.create("clerk")
    await access.tokens.verify(secret)
    with sqlite3.connect(tmp_path / "data" / "aufruf.db") as beside:
        beside.execute("UPDATE tokens SET revoked_at = 1")
    beside.close()

    assert await access.tokens.verify(secret) == token, "still the answer of a moment ago"
