"""One Lua file and how it is called: by its digest, and whole when the store does not know it (yet, or after a restart)."""

import hashlib
from pathlib import Path

from redis.exceptions import NoScriptError

from server.log.lines import Command

_FOLDER = Path(__file__).parent


class Script:
    """The Lua file `<name>.lua` of this folder, read once."""

    def __init__(self, name: str) -> None:
        self._source = (_FOLDER / f"{name}.lua").read_bytes()
        self._digest = hashlib.sha1(self._source, usedforsecurity=False).hexdigest()

    def by_digest(self, keys: tuple[str, ...], *args: bytes | str | int) -> Command:
        return ("EVALSHA", self._digest, len(keys), *keys, *args)

    def whole(self, keys: tuple[str, ...], *args: bytes | str | int) -> Command:
        """The same call with the source in it; the store remembers it from then on."""
        return ("EVAL", self._source, len(keys), *keys, *args)

    @staticmethod
    def unknown(answer: object) -> bool:
        """Whether the store did not know the digest, so that nothing was done."""
        return isinstance(answer, NoScriptError)
