"""Files of announcements: found again after a restart, never incomplete, never more than allowed."""

import os
from pathlib import Path

import pytest

from audio.cache import Cache, Rendering, digest

KB = 1024


def rendering(text: str, size: int = KB) -> tuple[Rendering, bytes]:
    return Rendering(digest(text), "flac", 5.0, {"de": "pico"}, size), b"f" * size


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    cache = Cache(tmp_path / "audio", limit=4 * KB)
    cache.open()
    return cache


def test_what_was_put_is_found_with_all_that_is_known_of_it(cache: Cache) -> None:
    entry, file = rendering("A017")
    cache.put(entry, file)

    assert cache.get(entry.hash) == entry
    path = cache.path(entry.name)
    assert path is not None
    assert path.read_bytes() == file


def test_what_was_never_put_is_not_found(cache: Cache) -> None:
    assert cache.get(digest("A017")) is None
    assert cache.path(digest("A017") + ".flac") is None


def test_it_is_found_again_after_a_restart(cache: Cache) -> None:
    entry, file = rendering("A017")
    cache.put(entry, file)
    again = Cache(cache.folder, cache.limit)
    again.open()

    assert again.get(entry.hash) == entry


@pytest.mark.parametrize(
    "name", ["../secret.flac", "/etc/passwd", "", "x.flac", f"{'0' * 32}.mp3", f"{'0' * 31}G.flac", f"{'0' * 32}.json"]
)
def test_no_name_leads_out_of_the_folder(cache: Cache, name: str) -> None:
    assert cache.path(name) is None


def test_the_longest_unused_makes_room(cache: Cache) -> None:
    entries = [rendering(text) for text in ("one", "two", "three", "four")]
    for entry, file in entries:
        cache.put(entry, file)
    assert cache.get(entries[0][0].hash) is not None
    newest, file = rendering("five")
    cache.put(newest, file)

    assert cache.size <= cache.limit
    assert [cache.get(entry.hash) is not None for entry, _ in entries] == [True, False, True, True]
    assert len(list(cache.folder.iterdir())) == 2 * 4


def test_use_outlives_a_restart(cache: Cache) -> None:
    entries = [rendering(text) for text in ("one", "two", "three", "four")]
    for age, (entry, file) in enumerate(entries):
        cache.put(entry, file)
        os.utime(cache.folder / entry.name, (1_000_000 + age, 1_000_000 + age))
    cache.get(entries[0][0].hash)
    again = Cache(cache.folder, 2 * KB)
    again.open()

    assert [again.get(entry.hash) is not None for entry, _ in entries] == [True, False, False, True]


def test_one_larger_than_the_cache_is_kept_alone(cache: Cache) -> None:
    small, large = rendering("small"), rendering("large", 9 * KB)
    cache.put(*small)
    cache.put(*large)

    assert cache.get(large[0].hash) is not None
    assert cache.get(small[0].hash) is None


def test_putting_the_same_twice_counts_once(cache: Cache) -> None:
    cache.put(*rendering("A017"))
    cache.put(*rendering("A017"))

    assert cache.size == KB


@pytest.mark.parametrize("harm", ["cut", "gone", "no card", "bad card", "other's card"])
def test_what_a_power_cut_tore_is_thrown_away(cache: Cache, harm: str) -> None:
    entry, file = rendering("A017")
    cache.put(entry, file)
    path, card = cache.folder / entry.name, cache.folder / f"{entry.hash}.json"
    match harm:
        case "cut":
            path.write_bytes(file[:-1])
        case "gone":
            path.unlink()
        case "no card":
            card.unlink()
        case "bad card":
            card.write_bytes(b"{")
        case _:
            card.rename(cache.folder / f"{digest('other')}.json")
    again = Cache(cache.folder, cache.limit)
    again.open()

    assert again.get(entry.hash) is None
    assert list(cache.folder.iterdir()) == []


def test_unfinished_files_are_swept_and_strangers_left_alone(cache: Cache) -> None:
    (cache.folder / "unfinished-abc123").write_bytes(b"half")
    (cache.folder / "readme.txt").write_text("mine")
    Cache(cache.folder).open()

    assert [file.name for file in cache.folder.iterdir()] == ["readme.txt"]


def test_a_file_removed_by_somebody_else_is_a_miss(cache: Cache) -> None:
    entry, file = rendering("A017")
    cache.put(entry, file)
    (cache.folder / entry.name).unlink()

    assert cache.get(entry.hash) is None
    assert cache.size == 0
    cache.put(entry, file)
    cache.put(entry, file)
    assert cache.size == entry.size


def test_a_write_that_fails_leaves_nothing(cache: Cache) -> None:
    """A folder has the name of the target file, so the rename at the end fails."""
    entry, file = rendering("A017")
    (cache.folder / entry.name).mkdir()

    with pytest.raises(OSError, match=entry.hash):
        cache.put(entry, file)
    assert [found.name for found in cache.folder.iterdir()] == [entry.name]
    assert cache.get(entry.hash) is None


def test_every_part_of_the_key_counts() -> None:
    assert len({digest("calm", "A017"), digest("deep", "A017"), digest("calm", "A018"), digest("calm", ["A017"])}) == 4
    assert digest("calm", "A017") == digest("calm", "A017")


def test_a_file_written_by_somebody_else_is_taken_whole(cache: Cache) -> None:
    entry, file = rendering("A017")
    written = cache.unfinished()
    written.write_bytes(file)
    cache.take(entry, written)

    path = cache.path(entry.name)
    assert path is not None
    assert (path.read_bytes(), cache.get(entry.hash), written.exists()) == (file, entry, False)


def test_what_nobody_took_is_swept_at_the_next_start(cache: Cache) -> None:
    cache.unfinished().write_bytes(b"half")
    Cache(cache.folder).open()

    assert list(cache.folder.iterdir()) == []
