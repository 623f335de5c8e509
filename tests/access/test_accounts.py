"""Staff accounts: sign-in, passwords that are good enough, and what happens when somebody guesses."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from server.access.access import Access
from server.access.accounts import NameTaken, TooMany
from server.access.attempts import ACCOUNT, PAIR
from server.access.passwords import COMMON, Weak, check_strength
from server.messages.instants import MINUTE
from tests.messages.test_names import WAYS_TO_WRITE

Later = Callable[[int], None]
GOOD = "Kaffee um halb zehn"
WRONG = "Kaffee um halb elf"
HERE = "192.0.2.7"


async def test_nobody_can_sign_in_to_a_fresh_installation(access: Access) -> None:
    for name in ("admin", "administrator", "root", ""):
        assert await access.accounts.sign_in(name, "admin", HERE) is None
    assert not await access.accounts.administrator_has_password()


async def test_a_name_and_its_password_sign_in(access: Access) -> None:
    made = await access.accounts.create("Frau Öztürk", GOOD, [("clerk", "mitte"), ("supervisor", "nord")])

    account = await access.accounts.sign_in("  frau   öztürk ", GOOD, HERE)

    assert account == made
    assert account is not None
    assert set(account.grants) == {("clerk", "mitte"), ("supervisor", "nord")}


async def test_a_wrong_password_an_unknown_name_and_a_disabled_account_look_alike(access: Access) -> None:
    gone = await access.accounts.create("gone", GOOD, [("clerk", "mitte")])
    await access.accounts.create("meyer", GOOD, [("clerk", "mitte")])
    await access.accounts.disable(gone.id)

    assert await access.accounts.sign_in("meyer", WRONG, HERE) is None
    assert await access.accounts.sign_in("nobody", GOOD, HERE) is None
    assert await access.accounts.sign_in("gone", GOOD, HERE) is None


async def test_a_password_typed_on_another_keyboard_is_the_same(access: Access) -> None:
    """An "ä" may come as one character or as two."""
    await access.accounts.create("meyer", "Bäckerei am Markt", [])

    assert await access.accounts.sign_in("meyer", "Ba\u0308ckerei am Markt", HERE) is not None


@pytest.mark.parametrize("typed", WAYS_TO_WRITE["Frau Äfﬁ"])
async def test_a_name_written_in_another_way_is_the_same_account(access: Access, typed: str) -> None:
    made = await access.accounts.create("Frau Äfﬁ", GOOD, [])

    assert await access.accounts.sign_in(typed, GOOD, HERE) == made
    with pytest.raises(NameTaken):
        await access.accounts.create(typed, GOOD, [])


async def test_a_name_that_nobody_can_see_is_none(access: Access) -> None:
    with pytest.raises(ValueError, match="an account needs a name"):
        await access.accounts.create("\u200b \u00ad", GOOD, [])


async def test_names_are_one_person_each(access: Access) -> None:
    await access.accounts.create("Meyer", GOOD, [])
    other = await access.accounts.create("Schulz", GOOD, [])

    with pytest.raises(NameTaken):
        await access.accounts.create(" meyer ", GOOD, [])
    with pytest.raises(NameTaken):
        await access.accounts.set_name_and_password(other.id, "MEYER", GOOD)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kurz", "too_short"),
        ("neunneunn", "too_short"),
        ("x" * 201, "too_long"),
        ("Passwort123", "common"),
        ("Passwort2026!", "common"),
        ("P@ssw0rt2026", "common"),
        ("2026-Sommer-!", "common"),
        ("Rathaus 1234", "common"),
        ("Bürgeramt2026!", "common"),
        ("Willkommen!!", "common"),
        ("hallohallo!!", "common"),
        ("iloveyou2026", "common"),
        ("12.03.1985 !", "common"),
        ("9876543210", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("frau.meyer.1", "name"),
        ("Frau.Meyer.1 2026", "name"),
    ],
)
def test_what_will_not_do_as_a_password(password: str, reason: str) -> None:
    with pytest.raises(Weak) as refused:
        check_strength(password, "frau.meyer.1")

    assert refused.value.reason == reason


def test_thousands_of_common_words_are_known_however_they_are_dressed() -> None:
    words = [word for word in COMMON if word.isalpha() and len(word) >= 6]
    assert len(COMMON) >= 3_000

    for word in words:
        for dressed in (f"{word.title()}2026!", f"1987{word}", f"{word}-{word}"):
            with pytest.raises(Weak):
                check_strength(dressed, "meyer")


@pytest.mark.parametrize(
    "password", [GOOD, WRONG, "Tee um viertel nach", "Waldweg 17 links", "x9#Lq2-vUp7", "83920175648203957164"]
)
def test_what_will_do(password: str) -> None:
    check_strength(password, "meyer")


@pytest.mark.parametrize("password", [GOOD, "x7!kQ2m#Lp", "zehnzeichen", "مرحبا بالعالم"])
def test_what_will_do_as_a_password(password: str) -> None:
    check_strength(password, "ma")


async def test_the_password_itself_is_nowhere(access: Access, tmp_path: Path) -> None:
    await access.accounts.create("meyer", GOOD, [])

    files = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())

    assert GOOD.encode() not in files
    assert b"$argon2id$" in files


async def test_who_guesses_has_to_wait_longer_and_longer(access: Access, later: Later) -> None:
    await access.accounts.create("meyer", GOOD, [])
    for _ in range(5):
        assert await access.accounts.sign_in("meyer", WRONG, HERE) is None

    with pytest.raises(TooMany) as refused:
        await access.accounts.sign_in("meyer", GOOD, HERE)
    assert refused.value.wait_ms == 2_000

    later(2_000)
    assert await access.accounts.sign_in("meyer", WRONG, HERE) is None
    with pytest.raises(TooMany) as longer:
        await access.accounts.sign_in("meyer", WRONG, HERE)
    assert longer.value.wait_ms == 4_000
    assert await access.accounts.sign_in("meyer", GOOD, "198.51.100.9") is not None, "others' tries lock nobody out"


async def test_the_right_password_clears_the_account(access: Access) -> None:
    await access.accounts.create("meyer", GOOD, [])
    for _ in range(3):
        for _ in range(4):
            await access.accounts.sign_in("meyer", WRONG, HERE)
        assert await access.accounts.sign_in("meyer", GOOD, HERE) is not None


async def test_one_address_cannot_try_many_names(access: Access) -> None:
    for n in range(20):
        await access.accounts.sign_in(f"name{n}", WRONG, HERE)

    with pytest.raises(TooMany):
        await access.accounts.sign_in("yet another", WRONG, HERE)
    assert await access.accounts.sign_in("yet another", WRONG, "198.51.100.9") is None


async def test_trying_at_once_and_on_two_nodes_gains_nothing(access: Access, other_node: Access) -> None:
    await access.accounts.create("meyer", GOOD, [])

    tries = [node.accounts.sign_in("meyer", WRONG, HERE) for node in (access, other_node) for _ in range(6)]
    answers = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(answer is None for answer in answers) == 5
    assert sum(isinstance(answer, TooMany) for answer in answers) == 7


async def test_a_quarter_of_an_hour_forgives(access: Access, later: Later) -> None:
    for _ in range(5):
        await access.accounts.sign_in("meyer", WRONG, HERE)
    later(15 * MINUTE)

    for _ in range(5):
        assert await access.accounts.sign_in("meyer", WRONG, HERE) is None


def test_no_wait_is_longer_than_five_minutes() -> None:
    assert [PAIR.pause_ms(failed) for failed in (0, 4, 5, 6, 9, 500)] == [0, 0, 2_000, 4_000, 32_000, 300_000]
    assert ACCOUNT.pause_ms(500) == 10_000


async def test_neither_names_nor_addresses_of_failed_tries_are_kept(access: Access, tmp_path: Path) -> None:
    await access.accounts.sign_in("meyer-who-mistyped", WRONG, "203.0.113.99")

    files = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())

    assert b"meyer-who-mistyped" not in files
    assert b"203.0.113.99" not in files


async def test_rights_can_be_changed_and_taken(access: Access) -> None:
    account = await access.accounts.create("meyer", GOOD, [("clerk", "mitte")])

    changed = await access.accounts.set_grants(account.id, [("supervisor", "mitte"), ("desk", "")])

    assert set(changed.grants) == {("supervisor", "mitte"), ("desk", "")}
    assert (await access.accounts.set_grants(account.id, [])).grants == ()


async def test_staff_cannot_be_a_device(access: Access) -> None:
    with pytest.raises(ValueError, match="staff cannot be 'display'"):
        await access.accounts.create("meyer", GOOD, [("display", "mitte")])


async def test_a_disabled_administrator_does_not_count(access: Access) -> None:
    account = await access.accounts.create("chefin", GOOD, [("admin", "")])
    assert await access.accounts.administrator_has_password()

    await access.accounts.disable(account.id)

    assert not await access.accounts.administrator_has_password()
    assert [one.disabled for one in await access.accounts.list()] == [True]
