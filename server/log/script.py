"""One Lua file and how it is called: by its digest, or with its source when the store does not know it (yet, or any more)."""

import hashlib
from pathlib import Path

from redis.exceptions import NoScriptError

from server.log.machine import StoreCommand

_FOLDER = Path(__file__).parent


class Script:
    """The Lua file `<name>.lua` of this folder, read once."""

    def __init__(self, name: str) -> None:
        self._source = (_FOLDER / f"{name}.lua").read_bytes()
        self._digest = hashlib.sha1(self._source, usedforsecurity=False).hexdigest()

    def by_digest(self, keys: tuple[str, ...], *args: bytes | str | int) -> StoreCommand:
        return ("EVALSHA", self._digest, len(keys), *keys, *args)

    def whole(self, keys: tuple[str, ...], *args: bytes | str | int) -> StoreCommand:
        """The same call with the source; the store remembers it from then on."""
        return ("EVAL", self._source, len(keys), *keys, *args)

    @staticmethod
    def unknown(answer: object) -> bool:
        """Whether the store did not know the digest and therefore did nothing."""
        return isinstance(answer, NoScriptError)
