"""Raw entries on their way into the history and back: without the fields that only the log keeps; decoded as in the log."""

import json
from collections.abc import Sequence
from typing import Any, Protocol

from msgspec import json as fast
from msgspec import to_builtins

from server.messages.events import Event, decode
from server.messages.wire import HIDDEN


class Row(Protocol):
    """One entry of a log, as its port returns it."""

    @property
    def seq(self) -> int: ...

    @property
    def mark(self) -> str: ...

    @property
    def body(self) -> bytes: ...


class Tail(Protocol):
    """The newest entry's number and mark; 0 and "" for an empty log."""

    @property
    def seq(self) -> int: ...

    @property
    def mark(self) -> str: ...


class LogToRead(Protocol):
    """What the historian needs of the logs; `server.log.port.Log` is one."""

    async def read(self, office: str, after: int, limit: int) -> Sequence[Row]:
        """Up to `limit` entries with seq > `after`, in order and without gaps between them."""
        ...

    async def tail(self, office: str) -> tuple[Tail, int]:
        """The newest entry and the store's time."""
        ...


def stripped(event: Event) -> str:
    """An event as the history stores it: JSON without who, digest, keys and holder, instants as integers."""
    return json.dumps(_without(to_builtins(event)), ensure_ascii=False, separators=(",", ":"))


def event_of(body: str) -> Event:
    """A stored entry as an event again; the fields that were stripped are empty. Raises TooNew like the log's decoder."""
    return decode(body.encode())


def entry(office: str, generation: int, epoch: str, row: Row, event: Event) -> dict[str, Any]:
    """The row of the table `entries`."""
    return {
        "office": office,
        "generation": generation,
        "seq": row.seq,
        "mark": row.mark,
        "epoch": epoch,
        "v": event.v,
        "type": str(event.__struct_config__.tag),
        "at": event.at,
        "by": event.by,
        "key": event.key,
        "ticket": getattr(event, "ticket", None),
        "body": stripped(event),
        "voided": False,
    }


def strings(values: tuple[str, ...]) -> str:
    """A list as the tables store it."""
    return fast.encode(values).decode()


def strings_of(text: str) -> tuple[str, ...]:
    return fast.decode(text, type=tuple[str, ...])


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without(item) for name, item in value.items() if name not in HIDDEN}
    if isinstance(value, list | tuple):
        return [_without(item) for item in value]
    return value
