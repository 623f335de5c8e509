"""What is sent to a store, and by what: the common face of the lines to one machine and to many."""

from typing import Any, Protocol

from redis.exceptions import ResponseError

from server.log.faults import unavailable

StoreCommand = tuple[bytes | str | int, ...]


class Machine(Protocol):
    """One that answers commands. `place`: the same object for the same machine."""

    place: object

    async def calls(self, *commands: StoreCommand, extra_s: float = 0.0) -> list[Any]: ...


class OneByOne:
    """`call`, for whatever has `calls`."""

    async def calls(self, *commands: StoreCommand, extra_s: float = 0.0) -> list[Any]:
        raise NotImplementedError

    async def call(self, *command: bytes | str | int, extra_s: float = 0.0) -> Any:
        """The answer to one command, raw. `extra_s` is the time the store itself may wait before it answers."""
        (answer,) = await self.calls(command, extra_s=extra_s)
        if isinstance(answer, ResponseError):
            raise unavailable(answer) from answer
        return answer
