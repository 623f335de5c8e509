"""Notes on tickets: short, replaceable, deleted when the day ends."""

import asyncio

import pytest

from server.access.access import Access


async def test_a_note_is_written_replaced_and_taken_away(access: Access) -> None:
    notes = access.notes
    assert await notes.get("mitte", "k1") is None

    await notes.put("mitte", "k1", "2026-11-22", "hat die Geburtsurkunde vergessen")
    await notes.put("mitte", "k1", "2026-11-22", "Urkunde ist da")
    await notes.put("nord", "k1", "2026-11-22", "Dolmetscherin kommt um 11")

    assert await notes.get("mitte", "k1") == "Urkunde ist da"
    assert await notes.all_of("mitte") == {"k1": "Urkunde ist da"}
    assert await notes.delete("mitte", "k1")
    assert not await notes.delete("mitte", "k1")
    assert await notes.get("nord", "k1") == "Dolmetscherin kommt um 11"


async def test_a_note_has_one_to_four_hundred_characters(access: Access) -> None:
    await access.notes.put("mitte", "k1", "2026-11-22", "ü" * 400)

    for text in ("", "x" * 401):
        with pytest.raises(ValueError, match="1 to 400"):
            await access.notes.put("mitte", "k1", "2026-11-22", text)
    assert await access.notes.get("mitte", "k1") == "ü" * 400


async def test_two_who_write_at_once_leave_one_note(access: Access, other_node: Access) -> None:
    await asyncio.gather(
        access.notes.put("mitte", "k1", "2026-11-22", "here"),
        other_node.notes.put("mitte", "k1", "2026-11-22", "there"),
    )

    assert await access.notes.get("mitte", "k1") in ("here", "there")


async def test_notes_die_with_the_day(access: Access) -> None:
    await access.notes.put("mitte", "old", "2026-11-21", "yesterday")
    await access.notes.put("mitte", "new", "2026-11-22", "today")
    await access.notes.put("nord", "old", "2026-11-21", "another office")

    await access.forget_day("mitte", "2026-11-21")

    assert await access.notes.all_of("mitte") == {"new": "today"}
    assert await access.notes.all_of("nord") == {"old": "another office"}
