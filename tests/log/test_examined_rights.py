"""For every command that the server sends to a store, the right is checked before an office trusts the store."""

import re
from fnmatch import fnmatchcase
from inspect import getmembers, isfunction, signature
from pathlib import Path

from server import log
from server.log import keys
from server.log.rights import CLUSTERED, NEEDED, REPLICATED

FOLDER = Path(str(log.__file__)).parent
SENT = re.compile(r"""(?:^|[(\s])\(?"([A-Z]{3,})",""", re.MULTILINE)
CALLED = re.compile(r"redis\.call\('([A-Z]+)'")
OPTIONS = {"BLOCK", "COUNT", "MATCH", "STREAMS", "TYPE"}
HSET = {"HSET"}
"""Cannot be tried without leaving something; a user who may SET, HDEL and ZADD may do it too."""


def test_every_command_is_among_them() -> None:
    sent = {
        word
        for name in ("redis_log", "redis_presence", "script")
        for word in SENT.findall((FOLDER / f"{name}.py").read_text())
    }
    called = {word for file in FOLDER.glob("*.lua") for word in CALLED.findall(file.read_text())}

    assert {"XRANGE", "SCAN", "EVALSHA", "GETDEL"} <= sent
    assert (sent | called) - OPTIONS <= {*NEEDED, *REPLICATED, *CLUSTERED, *HSET}


def test_every_kind_of_key_is_among_them() -> None:
    """The fence is no key but a channel, which only a store with replicas needs."""
    made = {
        name: make(*("mitte" if wanted == "office" else "x" for wanted in signature(make).parameters))
        for name, make in getmembers(keys, isfunction)
        if not name.startswith("_") and name not in {"fence", "office_of", "allowed"}
    }
    allowed = keys.allowed(["rathaus", "mitte"])

    assert {"log", "lease", "once", "left", "notices"} <= made.keys()
    for name, key in made.items():
        (right,) = [right for right in allowed if fnmatchcase(f"~{key}", right)]
        begin = key.removesuffix("x")
        assert any(tried.startswith(begin) for tried in allowed[right]), f"{name} is not tried"
    assert "~{o:rathaus}:*" in allowed
