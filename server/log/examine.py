"""Examines a store before an office trusts it: do we have the rights, is its version usable, can it lose data?

A store that can never work is refused at once; for one that is away or loading it waits. Called by wiring only for `--redis`,
because the embedded store is configured by its keeper.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from urllib.parse import urlsplit

import structlog
from msgspec.structs import replace
from redis.exceptions import AskError, ClusterDownError, ResponseError

from server.log.cluster import SCHEMES, ClusterLines
from server.log.faults import unavailable
from server.log.lines import Lines
from server.log.machine import StoreCommand
from server.log.port import StoreUnavailable
from server.log.replicas import fields, seen
from server.log.rights import lacking_rights
from server.log.ways import lines_to
from server.messages.value import Value

OLDEST = (7, 0)
COUNT_S = 2.0
"""Seconds between two counts of the replicas, where one store may go on alone: staff read it before such a press counts."""
AGAIN_S = 0.5
"""Seconds between two attempts while a store is away."""
LOOK_S = 60.0
"""Seconds between two examinations of a running store: a new primary may have other settings."""
_PASSING = ("lost", "starting", "read_only", "full", "memory")
"""Kinds of trouble that may end without a change of options."""

ALONE = "degraded: one store, no second copy; what it alone has is lost with it"
"""What staff and operators read while a primary goes on without a replica (`--accept-one-store`)."""

_log = structlog.get_logger("aufruf.log")


class StoreUnusable(Exception):
    """This store can never be used; the message is one line that names the option and the reason."""


class StoreUrlUnusable(StoreUnusable):
    """The option itself is wrong; no store was asked."""


class StoreReport(Value, kw_only=True):
    """`version`: "7.0.15", empty if unknown. `weak`: reasons why it may lose what was acknowledged.

    `replicas`: what is wrong with their number, else empty. `alone`: a primary has none, and may go on nevertheless.
    """

    version: str = ""
    weak: tuple[str, ...] = ()
    replicas: str = ""
    alone: bool = False


def check_url(url: str) -> None:
    """Raises StoreUrlUnusable if the URL cannot name a store."""
    wanted = (
        "redis://HOST:PORT/NUMBER, rediss://, unix:///PATH, sentinel://HOST,HOST/NAME, sentinels://, "
        "cluster://HOST,HOST or clusters://"
    )
    try:
        lines_to(url)
        parts = urlsplit(url)
        _ = parts.port if parts.scheme in ("redis", "rediss") else None
    except (ValueError, TypeError) as fault:
        raise StoreUrlUnusable(f"--redis: {_plain(fault)}; it is {wanted}") from fault
    number = parts.path.strip("/")
    if parts.scheme in ("redis", "rediss") and number and not (number.isascii() and number.isdigit()):
        raise StoreUrlUnusable(f"--redis: {number!r} is no database number; it is {wanted}")
    if parts.scheme in ("redis", "rediss") and parts.port == 0:
        raise StoreUrlUnusable(f"--redis: 0 is no port; it is {wanted}")
    if parts.scheme in ("redis", "rediss") and not parts.hostname:
        raise StoreUrlUnusable(f"--redis: no host is named; it is {wanted}")
    if parts.scheme == "unix" and not parts.path:
        raise StoreUrlUnusable(f"--redis: no socket is named; it is {wanted}")


class Examiner:
    """Examines one store until it has answered, and then from time to time. `report`: the last result."""

    def __init__(self, url: str, offices: tuple[str, ...], replicas: int = 0, *, one_store: bool = False) -> None:
        self.report = StoreReport()
        self.known = False
        self._url, self._offices, self._replicas, self._one_store = url, offices, replicas, one_store
        self._lines = lines_to(url)
        self._waits = False
        self._refused, self._refusal = asyncio.Event(), StoreUnusable("")

    async def look(self) -> bool:
        """Whether it answered. Raises StoreUnusable if it can never be used."""
        try:
            self.report = await self._examine()
        except StoreUnavailable as fault:
            _refuse(self._url, fault)
            if not self._waits and not self.known:
                _log.warning("waiting for the store", store=place(self._url), reason=fault.reason)
            self._waits = True
            return False
        if not self.known:
            self._say()
        self.known, self._waits = True, False
        return True

    async def keep(self) -> None:
        """Examine it again and again, until cancelled."""
        while True:
            await self._pause()
            try:
                await self.look()
            except StoreUnusable as fault:
                if self.known:  # it was usable once; a change of its settings must not close an open office
                    self.report = replace(self.report, weak=(str(fault),))
                else:
                    self._refusal = fault
                    self._refused.set()

    async def refused(self) -> None:
        """Raises StoreUnusable as soon as a store that was waited for turns out to be unusable; otherwise never returns."""
        await self._refused.wait()
        raise self._refusal

    async def close(self) -> None:
        await self._lines.close()

    async def _pause(self) -> None:
        """Until the next examination. Where one store may go on alone, its replicas are counted meanwhile."""
        if not self.known or not self._one_store:
            await asyncio.sleep(LOOK_S if self.known else AGAIN_S)
            return
        until = asyncio.get_running_loop().time() + LOOK_S
        while asyncio.get_running_loop().time() < until:
            await asyncio.sleep(COUNT_S)
            with suppress(StoreUnavailable):  # between two primaries
                self.report = replace(self.report, alone=await _alone(self._lines))

    async def _examine(self) -> StoreReport:
        """Every machine is examined, since an office may come to any; what several have in common is said once."""
        told = [await _told(each) for each in await self._lines.every()]
        for info, config in told:
            _usable(self._url, info)
            if self._one_store and config.get("min-replicas-to-write", "0") != "0":
                raise StoreUnusable(
                    f"--accept-one-store: {place(self._url)} has min-replicas-to-write {config['min-replicas-to-write']}, "
                    "so that a store writes nothing alone; set it to 0"
                )
        await _allowed(self._lines, self._url, self._offices, replicated=self._replicas > 0)
        twice = self._replicas > 0 and not self._one_store
        weak = [reason for info, config in told for reason in _weak(info, config, replicated=twice)]
        few = (_too_few(info, self._replicas) for info, _ in told)
        return StoreReport(
            version=min(info.get("redis_version", "") for info, _ in told),
            weak=tuple(dict.fromkeys(weak)),
            replicas="" if self._one_store else next(filter(None, few), ""),
            alone=self._one_store and await _alone(self._lines),
        )

    def _say(self) -> None:
        for weak in self.report.weak:
            _log.warning("the store may forget", store=place(self._url), reason=weak)
        if self.report.replicas:
            _log.warning("too few stores", store=place(self._url), reason=self.report.replicas)
        if self.report.alone:
            _log.warning("too few stores", store=place(self._url), reason=ALONE)


def place(url: str) -> str:
    """The store's address without its password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _refuse(url: str, fault: StoreUnavailable) -> None:
    """Raises StoreUnusable if waiting cannot help."""
    if "DB index" in fault.reason or "Invalid Database" in fault.reason:
        raise StoreUnusable(f"--redis: {place(url)} has no database of that number ({fault.reason})") from fault
    if fault.kind == "refused":
        raise StoreUnusable(f"--redis: {place(url)} does not let us in: {fault.reason}") from fault
    if fault.kind not in _PASSING and "max number of clients" not in fault.reason:
        raise StoreUnusable(f"--redis: {place(url)} cannot be used: {fault.reason}") from fault


async def _alone(lines: Lines | ClusterLines) -> bool:
    """Whether a primary has no replica that follows. One that was replaced is left; the next call asks which store is."""
    for each in await lines.every():
        info = await each.call("INFO", "replication")
        if fields(info).get("role") != "master":
            await each.hang_up()
        elif not seen(info).acked:
            return True
    return False


async def _told(lines: Lines) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The answers of INFO and CONFIG GET; empty where a hosted store forbids the question."""
    asked: tuple[StoreCommand, ...] = (
        ("INFO",),
        ("CONFIG", "GET", "appendonly"),
        ("CONFIG", "GET", "appendfsync"),
        ("CONFIG", "GET", "maxmemory-policy"),
        ("CONFIG", "GET", "min-replicas-to-write"),
    )
    info, *pairs = await lines.calls(*asked)
    for answer in (info, *pairs):
        if isinstance(answer, ResponseError) and unavailable(answer).kind == "starting":
            raise unavailable(answer)
        if isinstance(answer, ResponseError) and str(answer).startswith(("NOAUTH", "Authentication required")):
            raise unavailable(answer)
    settings = (pair for pair in pairs if isinstance(pair, list) and len(pair) == 2)
    config = {name.decode(): value.decode() for name, value in settings}
    return ({} if isinstance(info, ResponseError) else fields(info)), config


def _usable(url: str, info: Mapping[str, str]) -> None:
    version = info.get("redis_version", "")
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if numbers and numbers < OLDEST:
        raise StoreUnusable(f"--redis: {place(url)} is version {version}; 7.0 is the oldest that will do")
    if not url.startswith(SCHEMES) and (info.get("redis_mode") == "cluster" or info.get("cluster_enabled") == "1"):
        raise _is_a_cluster(url)


def _is_a_cluster(url: str) -> StoreUnusable:
    return StoreUnusable(f"--redis: {place(url)} is a Redis Cluster; say so: --redis cluster://HOST:PORT,HOST:PORT")


async def _allowed(lines: Lines | ClusterLines, url: str, offices: tuple[str, ...], *, replicated: bool) -> None:
    """Raises StoreUnusable naming every right that is missing."""
    try:
        lacking = await lacking_rights(lines, offices, replicated=replicated)
    except (AskError, ClusterDownError) as moved:
        if url.startswith(SCHEMES):  # a shard is down, or slots are on their way
            raise unavailable(moved) from moved
        raise _is_a_cluster(url) from moved
    if lacking:
        raise StoreUnusable(f"--redis: {place(url)}: this user may not {lacking}")


def _weak(info: Mapping[str, str], config: Mapping[str, str], *, replicated: bool) -> Iterator[str]:
    kept = config.get("appendonly") or {"1": "yes", "0": "no"}.get(info.get("aof_enabled", ""))
    policy = config.get("maxmemory-policy") or info.get("maxmemory_policy")
    fsync = config.get("appendfsync")
    if kept == "no":
        yield "appendonly is no: a restart of the store forgets everything"
    elif fsync is not None and fsync != "always" and not (replicated and fsync == "everysec"):
        yield f"appendfsync is {fsync}: a power cut takes the newest presses"
    if policy is not None and policy != "noeviction":
        yield f"maxmemory-policy is {policy}: a full store throws logs away"
    unsaid = [
        name
        for name, value in (("appendonly", kept), ("appendfsync", fsync), ("maxmemory-policy", policy))
        if not value
    ]
    if unsaid:
        yield f"it does not tell us {', '.join(unsaid)} (INFO or CONFIG GET is not allowed)"


def _too_few(info: Mapping[str, str], replicas: int) -> str:
    there = info.get("connected_slaves", "")
    if not replicas or not there.isdigit() or int(there) > replicas:
        return ""
    return (
        f"--replicas {replicas} needs {replicas + 2} stores, and {int(there) + 1} are there: "
        "when one is lost, no press is taken until it is back"
    )


def _plain(fault: Exception) -> str:
    return " ".join(str(fault).split())
