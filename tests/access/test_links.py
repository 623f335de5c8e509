"""Links of tickets and appointments, and the key from which they are made."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.access import Access
from server.access.installation import InstallationKey, installation_key
from server.access.links import Links
from server.messages.agreed import DOOR_MS

KEY = InstallationKey(bytes(range(32)))
LINKS = Links(KEY)
ids = st.from_regex(r"[A-Za-z0-9_:-]{1,30}", fullmatch=True)
offices = st.from_regex(r"[A-Za-z0-9_.:-]{1,30}", fullmatch=True)


@given(offices, ids)
def test_a_link_says_whose_it_is(office: str, ticket: str) -> None:
    assert LINKS.parse(LINKS.secret(office, ticket)) == (office, ticket)


@given(offices, ids, st.integers(0, 80), st.characters())
def test_a_changed_link_is_nobodys(office: str, ticket: str, place: int, other: str) -> None:
    secret = LINKS.secret(office, ticket)
    place %= len(secret)
    changed = secret[:place] + other + secret[place + 1 :]

    if changed != secret:
        assert LINKS.parse(changed) is None


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert LINKS.parse(text) is None


def test_a_link_reads_office_ticket_mac_with_128_bits() -> None:
    office, ticket, mac = LINKS.secret("mitte", "k3n9").split(".")

    assert (office, ticket, len(mac)) == ("mitte", "k3n9", 22)


def test_the_link_of_an_appointment_opens_no_ticket() -> None:
    assert LINKS.parse(LINKS.appointment_secret("mitte", "k3n9")) is None


def test_an_id_that_would_move_the_border_makes_no_link() -> None:
    with pytest.raises(ValueError, match="cannot be told"):
        LINKS.secret("a", "b.c")


@given(offices, st.integers(0, 2**45), st.integers(0, DOOR_MS - 1))
def test_the_code_at_the_door_counts_while_it_is_shown_and_one_turn_longer(office: str, turn: int, within: int) -> None:
    code = LINKS.door_code(office, turn * DOOR_MS)

    assert len(code) == 6
    for later in (0, 1):
        assert LINKS.door_turn(office, f"{code[:3]} {code[3:]}", (turn + later) * DOOR_MS + within) is not None
    near = {LINKS.door_code(office, (turn + later) * DOOR_MS) for later in (1, 2)}
    assert (LINKS.door_turn(office, code, (turn + 2) * DOOR_MS) is None) is (code not in near)


def test_another_installation_makes_other_links() -> None:
    assert Links(InstallationKey(bytes(32))).parse(LINKS.secret("mitte", "k3n9")) is None


def test_each_purpose_has_its_own_key() -> None:
    assert len({KEY.derived(purpose) for purpose in ("ticket link 1", "appointment link 1", "session 1")}) == 3


async def test_all_nodes_of_a_database_share_one_key_that_is_made_once(engine: AsyncEngine) -> None:
    keys = await asyncio.gather(*(installation_key(engine) for _ in range(8)))

    assert len({key.derived("x") for key in keys}) == 1


async def test_links_outlive_a_restart(access: Access, other_node: Access) -> None:
    assert other_node.links.parse(access.links.secret("mitte", "k3n9")) == ("mitte", "k3n9")
