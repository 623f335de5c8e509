"""Instants: integers of milliseconds inside, RFC 3339 with milliseconds and `Z` on the wire."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""Milliseconds. Lengths are written with these, in names that end in _MS; lengths for timers, in seconds, end in _S."""
LAST = (datetime(9999, 1, 1, tzinfo=UTC) - _EPOCH) // _MILLISECOND


@lru_cache(4096)
def rfc3339(ms: int) -> str:
    """1764000000123 → "2025-11-24T16:00:00.123Z". An instant outside all years becomes the nearest that can be written."""
    second, rest = divmod(min(max(ms, 0), LAST), SECOND)
    return f"{_second(second)}.{rest:03d}Z"


@lru_cache(4096)
def _second(since: int) -> str:
    """Kept by itself: every frame has another millisecond, but thousands have the same second."""
    return datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def at_or_none(ms: int | None) -> str | None:
    return None if ms is None else rfc3339(ms)


def millis(instant: datetime) -> int:
    """An aware datetime as integer milliseconds. One that no page could show (before 1970, after 9998) becomes the nearest."""
    return min(max((instant - _EPOCH) // _MILLISECOND, 0), LAST)


def millis_or_none(instant: datetime | None) -> int | None:
    return None if instant is None else millis(instant)
