"""Presence, leases, notices, channels and one-time things in Redis or Valkey. Twin of the memory presence; made by wiring."""

from collections.abc import Mapping
from typing import Any

import msgspec
from redis.exceptions import ResponseError

from server.log import keys
from server.log.faults import unavailable
from server.log.lines import LIMIT_S
from server.log.presence_port import CHANNEL_AGE_MS, LONGEST_LEASE_MS, NOTICE_AGE_MS, REPORT_AGE_MS, Lease
from server.log.script import Script
from server.log.ways import lines_to

_report = Script("report")
_lease = Script("lease")


class RedisPresence:
    """`Presence`, `Leases`, `Notices`, `Passing` and `OneTime` in the store at `url`.

    A device silent for `age_ms` counts as gone."""

    def __init__(self, url: str, age_ms: int = REPORT_AGE_MS, limit_s: float = LIMIT_S) -> None:
        self._lines = lines_to(url, limit_s=limit_s)
        self._age_ms = age_ms

    async def report(self, office: str, device: str, fields: Mapping[str, Any]) -> None:
        await self.report_all(office, {device: fields})

    async def report_all(self, office: str, reports: Mapping[str, Mapping[str, Any]]) -> None:
        pairs: list[bytes | str] = []
        for device, fields in reports.items():
            pairs += (device, msgspec.json.encode(fields))
        if pairs:
            await self._run(_report, (keys.devices(office), keys.device_times(office)), self._age_ms, *pairs)

    async def seen(self, office: str) -> dict[str, dict[str, Any]]:
        clock, found = await self._good(("TIME",), ("HGETALL", keys.devices(office)))
        now = _ms(clock)
        reports = {name.decode(): _report_of(stored) for name, stored in zip(found[::2], found[1::2], strict=True)}
        said = {device: fields for device, fields in reports.items() if fields is not None}
        return {device: fields for device, fields in said.items() if abs(now - fields["at"]) < self._age_ms}

    async def take(self, office: str, name: str, holder: str, ttl_ms: int) -> Lease:
        if not 0 < ttl_ms <= LONGEST_LEASE_MS or not holder:
            raise ValueError("a lease needs a holder and some time, ten minutes at most")
        current, until_ms = await self._run(_lease, (keys.lease(office, name),), holder, ttl_ms)
        return Lease(current.decode(), until_ms)

    async def release(self, office: str, name: str, holder: str) -> None:
        await self._run(_lease, (keys.lease(office, name),), holder, 0)

    async def tell(self, notices: Mapping[str, int]) -> None:
        if not notices:
            return
        (clock,) = await self._good(("TIME",))
        now, key = _ms(clock), keys.notices()
        pairs = [part for notice, number in notices.items() for part in (now, f"{number} {notice}")]
        await self._good(
            ("ZADD", key, *pairs),
            ("ZREMRANGEBYSCORE", key, "-inf", now - NOTICE_AGE_MS),
            ("PEXPIRE", key, NOTICE_AGE_MS),
        )

    async def told(self) -> Mapping[str, int]:
        clock, found = await self._good(("TIME",), ("ZRANGE", keys.notices(), 0, -1, "WITHSCORES"))
        oldest = _ms(clock) - NOTICE_AGE_MS
        pairs = zip(found[::2], found[1::2], strict=True)
        told = (said.decode(errors="replace").partition(" ") for said, at in pairs if float(at) > oldest)
        return {notice: int(number) for number, _, notice in told if number.isdecimal()}

    async def pass_on(self, office: str, id: str, said: bytes) -> None:
        (clock,) = await self._good(("TIME",))
        now, key = _ms(clock), keys.passed_on(office)
        await self._good(
            ("ZADD", key, now, id.encode() + b" " + said),
            ("ZREMRANGEBYSCORE", key, "-inf", now - CHANNEL_AGE_MS),
            ("PEXPIRE", key, CHANNEL_AGE_MS),
        )

    async def passed_on(self, office: str) -> Mapping[str, bytes]:
        clock, found = await self._good(("TIME",), ("ZRANGE", keys.passed_on(office), 0, -1, "WITHSCORES"))
        oldest = _ms(clock) - CHANNEL_AGE_MS
        pairs = zip(found[::2], found[1::2], strict=True)
        fresh = (said.partition(b" ") for said, at in pairs if float(at) > oldest)
        return {id.decode(errors="replace"): said for id, _, said in fresh}

    async def once(self, name: str, ttl_ms: int) -> bool:
        return await self._lines.call("SET", keys.once(name), 1, "NX", "PX", ttl_ms) is not None

    async def leave(self, name: str, blob: bytes, ttl_ms: int) -> None:
        await self._lines.call("SET", keys.left(name), blob, "PX", ttl_ms)

    async def look(self, name: str) -> bytes | None:
        blob: bytes | None = await self._lines.call("GET", keys.left(name))
        return blob

    async def collect(self, name: str) -> bytes | None:
        blob: bytes | None = await self._lines.call("GETDEL", keys.left(name))
        return blob

    async def close(self) -> None:
        await self._lines.close()

    async def _good(self, *calls: tuple[Any, ...]) -> list[Any]:
        """The answers; raises if the store refused one of the calls."""
        answers = await self._lines.calls(*calls)
        for answer in answers:
            if isinstance(answer, ResponseError):
                raise unavailable(answer) from answer
        return list(answers)

    async def _run(self, script: Script, its_keys: tuple[str, ...], *args: bytes | str | int) -> Any:
        (answer,) = await self._lines.calls(script.by_digest(its_keys, *args))
        if script.unknown(answer):
            (answer,) = await self._lines.calls(script.whole(its_keys, *args))
        if isinstance(answer, ResponseError):
            raise unavailable(answer) from answer
        return answer


def _ms(clock: Any) -> int:
    """TIME's answer in milliseconds."""
    seconds, micros = clock
    return int(seconds) * 1000 + int(micros) // 1000


def _report_of(stored: bytes) -> dict[str, Any] | None:
    """None for something that no release of ours wrote; then only this device is not seen."""
    at, _, fields = stored.partition(b" ")
    try:
        return {**msgspec.json.decode(fields, type=dict[str, Any]), "at": int(at)}
    except (msgspec.MsgspecError, ValueError):
        return None
