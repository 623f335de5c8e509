"""Every key that Aufruf uses in Redis. All keys of one office share a hash tag, so that an office lives on one shard."""

import re
from collections.abc import Iterable, Mapping

_LOG = re.compile(r"\{o:(.+)\}:log")
EVERY_LOG = "{o:*}:log"


def _of(office: str, what: str) -> str:
    if not office or "}" in office:
        raise ValueError(f"no office can be called {office!r}: its name is the hash tag of its keys")
    return f"{{o:{office}}}:{what}"


def log(office: str) -> str:
    """Stream: entry `<seq>-0` with the fields m (mark) and b (body)."""
    return _of(office, "log")


def checkpoint(office: str) -> str:
    """String: a hint, the seq of the newest checkpoint."""
    return _of(office, "checkpoint")


def snapshot(office: str) -> str:
    """Hash: seq, mark, blob."""
    return _of(office, "snapshot")


def fence(office: str) -> str:
    """A channel without listeners: publishing on it is the write that WAIT waits for."""
    return _of(office, "fence")


def probe(office: str) -> str:
    """This key never exists: commands tried on it at the start leave nothing."""
    return _of(office, "probe")


def devices(office: str) -> str:
    """Hash: device → report (JSON with `at`)."""
    return _of(office, "devices")


def device_times(office: str) -> str:
    """Sorted set: device by the time of its last report, to sweep by."""
    return _of(office, "device-times")


def passed_on(office: str) -> str:
    """Sorted set: `<id> <what was said>` to all nodes of the office, sorted by the store's time."""
    return _of(office, "passed-on")


def lease(office: str, name: str) -> str:
    """String with expiry: the holder."""
    return _of(office, f"lease:{name}")


def once(name: str) -> str:
    """String with expiry: somebody has asked for this name."""
    return f"once:{name}"


def left(name: str) -> str:
    """String with expiry: what was left."""
    return f"left:{name}"


def notices() -> str:
    """Sorted set of the installation: `<number> <notice>`, sorted by the store's time of the telling."""
    return "{aufruf}:notices"


def allowed(offices: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """What a store's user must be allowed: ACL pattern → the keys that it is for, one of each kind."""
    kinds = (log, checkpoint, snapshot, probe, devices, device_times, passed_on)
    asked = {f"~{_of(office, '*')}": (*(kind(office) for kind in kinds), lease(office, "probe")) for office in offices}
    return {
        **asked,
        f"~{notices()}": (notices(),),
        f"~{once('*')}": (once("probe"),),
        f"~{left('*')}": (left("probe"),),
    }


def office_of(log_key: str) -> str | None:
    """The office whose log `log_key` is, or None."""
    found = _LOG.fullmatch(log_key)
    return found[1] if found else None
