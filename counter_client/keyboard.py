"""The keys of a terminal counter. Each act has one, and each user may take another for it, as on the page; kept in the user's own
folder of settings. Used by `terminal`.
"""

import contextlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from textual.events import Key

FIXED = frozenset({"enter", "?", "!", *"0123456789"})
"""They stay what they are: Enter is the main act, the digits are rows of lists."""
FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 13))


def own_file() -> Path:
    """Where this user's keys are kept."""
    return Path.home() / ".config" / "aufruf" / "keys.json"


def name_of(event: Key) -> str:
    """What a pressed key is called here: its letter, whether capital or not, else Textual's name of it."""
    sign = event.character or ""
    return sign.lower() if sign.isprintable() and sign.strip() else event.key


class Keyboard:
    """Which key presses what. A key is named by the one that presses the same for whoever has changed nothing."""

    def __init__(self, file: Path | None = None) -> None:
        """`file`: None: changes are forgotten at the end."""
        self._file, self._own = file, _kept(file)

    def shown(self, key: str) -> str:
        """The key that presses what `key` presses by default."""
        return self._own.get(key, key)

    def meant(self, name: str) -> str | None:
        """The default key whose act this pressed key presses; None if it presses nothing any more."""
        moved = next((key for key, own in self._own.items() if own == name), None)
        return moved if moved is not None else None if name in self._own else name

    def change(self, key: str, name: str, every: Iterable[str]) -> bool:
        """Takes another key for `key`; the act that had it gets the old one. False: that key cannot be taken. Raises OSError if
        the change cannot be kept; until the end it holds nevertheless. `every`: all default keys."""
        if not (_can_be_taken(key) and _can_be_taken(name)):
            return False
        other = next((one for one in every if self.shown(one) == name), None)
        if other is not None:
            self._own[other] = self.shown(key)
        self._own[key] = name
        self._keep()
        return True

    def reset(self) -> None:
        """All keys as at first. Raises OSError as `change` does."""
        self._own = {}
        self._keep()

    def _keep(self) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_suffix(".new")  # so that a full disk leaves the old keys
        beside.write_bytes(msgspec.json.encode(self._own))
        beside.replace(self._file)


def _can_be_taken(name: str) -> bool:
    return name not in FIXED and (len(name) == 1 or name in FUNCTION_KEYS)


def _kept(file: Path | None) -> dict[str, str]:
    """The keys that were kept; none if the file is not one of ours, so that no act is left without a key."""
    own: dict[str, str] = {}
    with contextlib.suppress(OSError, msgspec.DecodeError):
        own = {} if file is None else msgspec.json.decode(file.read_bytes(), type=dict[str, str])
    known = all(map(_can_be_taken, (*own, *own.values()))) and len(set(own.values())) == len(own)
    return own if known else {}
