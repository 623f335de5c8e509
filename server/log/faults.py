"""Translates errors of Redis into those of the log's port. The only place that reads Redis' error texts."""

from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)

from server.log.port import Kind, StoreUnavailable

_KINDS: dict[str, Kind] = {
    "LOADING": "starting",
    "MASTERDOWN": "starting",
    "CLUSTERDOWN": "starting",
    "TRYAGAIN": "starting",
    "MOVED": "starting",
    "ASK": "starting",
    "READONLY": "read_only",
    "NOREPLICAS": "read_only",
    "MISCONF": "full",
    "OOM": "memory",
    "NOAUTH": "refused",
    "WRONGPASS": "refused",
    "NOPERM": "refused",
}
"""Redis' error codes are the first word of the text; redis-py has classes for some of them only."""
_CLASSES: list[tuple[type[RedisError], Kind]] = [
    (BusyLoadingError, "starting"),
    (ReadOnlyError, "read_only"),
    (OutOfMemoryError, "memory"),
    (AuthenticationError, "refused"),
    (AuthorizationError, "refused"),
    (NoPermissionError, "refused"),
]


def unavailable(error: Exception) -> StoreUnavailable:
    """The port's error for an error of Redis or of the connection."""
    while isinstance(error.__cause__, RedisError):  # redis-py hides a refused handshake in a ConnectionError
        error = error.__cause__
    reason = str(error) or type(error).__name__
    return StoreUnavailable(reason, _kind(error, reason))


def out_of_reach(error: Exception) -> bool:
    """Whether a user who was refused may run the command, but not on this key or channel."""
    return isinstance(error, NoPermissionError) and "access" in str(error)


def _kind(error: Exception, reason: str) -> Kind:
    for known, kind in _CLASSES:
        if isinstance(error, known):
            return kind
    if isinstance(error, ResponseError):
        return _KINDS.get(reason.split(" ", 1)[0].lstrip("-"), "fault")
    return "lost"
