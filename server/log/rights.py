"""Tries every right that an office needs in a store: each command, each kind of key of every office. Called by the examiner."""

from collections.abc import Mapping

from redis.exceptions import AskError, ClusterDownError, ResponseError

from server.log import keys
from server.log.cluster import ClusterLines
from server.log.faults import out_of_reach, unavailable
from server.log.lines import Lines
from server.log.machine import StoreCommand

_Try = tuple[str, str, StoreCommand]
"""(right to a kind of key or channel, one of them, command that needs it); for a command alone both are empty."""
_PROBE_VALUE = "probe"
NEEDED: Mapping[str, tuple[str | int, ...]] = {
    "EVAL": ("return 1", 0),
    "EVALSHA": ("0" * 40, 0),
    "TIME": (),
    "XADD": ("{key}", "NOMKSTREAM", "*", "m", "b"),
    "XRANGE": ("{key}", "-", "+", "COUNT", 1),
    "XREVRANGE": ("{key}", "+", "-", "COUNT", 1),
    "XREAD": ("COUNT", 1, "STREAMS", "{key}", "0"),
    "XTRIM": ("{key}", "MINID", "0"),
    "SET": ("{key}", _PROBE_VALUE, "XX"),
    "GET": ("{key}",),
    "GETDEL": ("{key}",),
    "DEL": ("{key}",),
    "PTTL": ("{key}",),
    "PEXPIRE": ("{key}", 1000),
    "HMGET": ("{key}", "seq"),
    "HGETALL": ("{key}",),
    "HDEL": ("{key}", "seq"),
    "ZADD": ("{key}", "XX", 1, "m"),
    "ZREM": ("{key}", "m"),
    "ZRANGE": ("{key}", 0, -1),
    "ZREMRANGEBYSCORE": ("{key}", 0, 1),
    "ZRANGEBYSCORE": ("{key}", 0, 1),
    "SCAN": (0, "COUNT", 1),
}
"""What we do in a store, each in a form that changes nothing if the key does not exist. HSET has no such form."""
REPLICATED: Mapping[str, tuple[str | int, ...]] = {
    "INFO": ("replication",),
    "PUBLISH": ("{channel}", ""),
    "WAIT": (0, 1),
}
CLUSTERED: Mapping[str, tuple[str | int, ...]] = {"CLUSTER": ("MYID",), "PERSIST": ("{key}",)}
"""The same in a Cluster."""


async def lacking_rights(lines: Lines | ClusterLines, offices: tuple[str, ...], *, replicated: bool) -> str:
    """What this user may not do, in words; empty if nothing is missing. Raises the answer of a Cluster."""
    tried = [*_commands(offices[0], replicated, isinstance(lines, ClusterLines)), *_reaches(offices, replicated)]
    answers = await lines.calls(*(command for _, _, command in tried))
    forbidden: dict[str, None] = {}
    closed: dict[str, str] = {}
    for (right, name, command), answer in zip(tried, answers, strict=True):
        if isinstance(answer, AskError | ClusterDownError):
            raise answer
        if not isinstance(answer, ResponseError) or unavailable(answer).kind != "refused":
            continue
        if not out_of_reach(answer):
            forbidden[str(command[0])] = None
        elif right:
            closed.setdefault(right, name)
    if forbidden:
        return f"{', '.join(forbidden)}; the office needs that"
    return f"use {', '.join(closed.values())}; the office needs the right {' '.join(closed)}" if closed else ""


def _commands(office: str, replicated: bool, clustered: bool) -> list[_Try]:
    """Every command, on a key that never exists."""
    names = {"{key}": keys.probe(office), "{channel}": keys.fence(office)}
    needed = {**NEEDED, **(REPLICATED if replicated else {}), **(CLUSTERED if clustered else {})}
    return [("", "", (name, *(names.get(str(arg), arg) for arg in args))) for name, args in needed.items()]


def _reaches(offices: tuple[str, ...], replicated: bool) -> list[_Try]:
    """What needs the keys of all offices and of the installation, and the channels of the offices."""
    # the store wants the rights to read and to write the key of a script, even if the script does nothing with it
    tried: list[_Try] = [
        (right, key, ("EVAL", "return 1", 1, key)) for right, known in keys.allowed(offices).items() for key in known
    ]
    if replicated:
        tried += [
            (f"&{keys.fence(office)}", keys.fence(office), ("PUBLISH", keys.fence(office), "")) for office in offices
        ]
    return tried
