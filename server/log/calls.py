"""What is sent to a store, and by what: the common face of the lines to one machine. Asked by the fence and its witnesses."""

from typing import Any, Protocol

StoreCommand = tuple[bytes | str | int, ...]


class Calls(Protocol):
    """One machine that answers commands. `place`: the same object for the same machine."""

    place: object

    async def calls(self, *commands: StoreCommand, extra_s: float = 0.0) -> list[Any]: ...
