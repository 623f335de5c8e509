"""Notes on tickets: short, replaceable, deleted when the day ends."""

import asyncio

import pytest

from server.notes.notes import Notes


async def test_a_note_is_written_replaced_and_taken_away(notes: Notes) -> None:
    assert await notes.get("mitte", "k1") is None

    await notes.put("mitte", "k1", "2026-11-22", "hat die Geburtsurkunde vergessen")
    await notes.put("mitte", "k1", "2026-11-22", "Urkunde ist da")
    await notes.put("nord", "k1", "2026-11-22", "Dolmetscherin kommt um 11")

    assert await notes.get("mitte", "k1") == "Urkunde ist da"
    assert await notes.all_of("mitte") == {"k1": "Urkunde ist da"}
    assert await notes.delete("mitte", "k1")
    assert not await notes.delete("mitte", "k1")
    assert await notes.get("nord", "k1") == "Dolmetscherin kommt um 11"


async def test_a_note_has_one_to_four_hundred_characters(notes: Notes) -> None:
    await notes.put("mitte", "k1", "2026-11-22", "ü" * 400)

    for text in ("", "x" * 401):
        with pytest.raises(ValueError, match="1 to 400"):
            await notes.put("mitte", "k1", "2026-11-22", text)
    assert await notes.get("mitte", "k1") == "ü" * 400


async def test_two_who_write_at_once_leave_one_note(notes: Notes, other_node: Notes) -> None:
    await asyncio.gather(
        notes.put("mitte", "k1", "2026-11-22", "here"),
        other_node.put("mitte", "k1", "2026-11-22", "there"),
    )

    assert await notes.get("mitte", "k1") in ("here", "there")


async def test_notes_die_with_the_day(notes: Notes) -> None:
    await notes.put("mitte", "old", "2026-11-21", "yesterday")
    await notes.put("mitte", "new", "2026-11-22", "today")
    await notes.put("nord", "old", "2026-11-21", "another office")

    await notes.forget_day("mitte", "2026-11-21")

    assert await notes.all_of("mitte") == {"new": "today"}
    assert await notes.all_of("nord") == {"old": "another office"}


async def test_notes_of_a_wrong_date_are_of_today_and_go_with_it(notes: Notes) -> None:
    await notes.put("mitte", "t1", "2026-11-25", "Akte fehlt")
    await notes.put("nord", "t1", "2026-11-25", "another office")
    await notes.set_day_right("mitte", "2026-11-22")

    assert await notes.get("mitte", "t1") == "Akte fehlt"
    await notes.forget_day("mitte", "2026-11-22")
    await notes.forget_day("nord", "2026-11-22")
    assert await notes.get("mitte", "t1") is None
    assert await notes.get("nord", "t1") == "another office"
