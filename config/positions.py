"""Finds the line of each key in a TOML text. Faults need a line, and the standard parser does not give it.

Only for text that `tomllib` has accepted, so it does not look for mistakes. Called by `config.toml_tree`.
"""

import re
import tomllib
from bisect import bisect_left

KeyPath = tuple[str | int, ...]

_KEY_PART = re.compile(r"""[ \t]*(?:(?P<bare>[A-Za-z0-9_-]+)|(?P<basic>"(?:[^"\\]|\\.)*")|(?P<plain>'[^']*'))[ \t]*""")
_VALUE_PART = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'|"
    r"#[^\n]*|[\[{]|[\]}]|\n|[^\"'#\[\]{}\n]+",
    re.DOTALL,
)


def lines_of(text: str) -> dict[KeyPath, int]:
    """Path of every table and key → line, from 1. Items of lists of tables are counted from 0: `("services", 2, "letter")`."""
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.ends = [end.start() for end in re.finditer("\n", self.text)]
        self.at = 0
        self.found: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}
        self.table: KeyPath = ()

    def run(self) -> dict[KeyPath, int]:
        while self.at < len(self.text):
            start = self.text[self.at]
            if start in " \t\n":
                self.at += 1
            elif start == "#":
                self._to_line_end()
            elif start == "[":
                self._header()
            else:
                self._pair()
        return self.found

    def _header(self) -> None:
        line = self._line()
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path = self._inside(self._key(), many)
        self.found.setdefault(path, line)
        self.table = path
        self._to_line_end()

    def _inside(self, keys: list[str], many: bool) -> KeyPath:
        """The path of a header. Each list of tables on the way means its last item so far; that item's number is added."""
        path: KeyPath = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            if many and place == len(keys) - 1:
                self.found.setdefault(path, self._line())
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        return path

    def _pair(self) -> None:
        line = self._line()
        self.found.setdefault((*self.table, *self._key()), line)
        self.at += 1
        self._skip_value()

    def _key(self) -> list[str]:
        keys: list[str] = []
        while part := _KEY_PART.match(self.text, self.at):
            self.at = part.end()
            bare, basic, plain = part["bare"], part["basic"], part["plain"]
            keys.append(bare or (plain[1:-1] if plain else tomllib.loads(f"x = {basic}")["x"]))
            if self.text[self.at : self.at + 1] != ".":
                break
            self.at += 1
        return keys

    def _skip_value(self) -> None:
        depth = 0
        while part := _VALUE_PART.match(self.text, self.at):
            said = part.group()
            if said == "\n" and depth == 0:
                return
            self.at = part.end()
            depth += (said in ("[", "{")) - (said in ("]", "}"))

    def _to_line_end(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end

    def _line(self) -> int:
        return bisect_left(self.ends, self.at) + 1
