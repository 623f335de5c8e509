"""For every command that the server sends to a store, the right is checked before an office trusts the store."""

import re
from pathlib import Path

from server import log
from server.log.examine import _NEEDED, _REPLICATED

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
    assert (sent | called) - OPTIONS <= {*_NEEDED, *_REPLICATED, *HSET}
