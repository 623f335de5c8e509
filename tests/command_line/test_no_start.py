"""What stands in the way of a start is one line that names the option, the place and the reason, and never a password."""

import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from server.options import Options
from tests.command_line.mqtt_uses import SECRET
from tests.command_line.test_wrong_uses import assert_one_line, started
from tests.log.test_store_folder import may_mount
from tests.postgres import postgres


def test_a_database_that_lets_nobody_in_is_one_line_without_the_password(tmp_path: Path) -> None:
    with postgres() as place:
        for who, name, reason in (
            (f"nobody:{SECRET}", "postgres", 'role "nobody" does not exist'),
            ("aufruf", "none", 'database "none" does not exist'),
        ):
            url = f"postgresql://{who}@/{name}?host={place}"
            for verb in (["token", "--role", "clerk"], ["account", "list"]):
                ended = started(*verb, "--data", "new", "--database", url, cwd=tmp_path)

                assert ended.returncode == 2
                assert f"does not let us in ({reason})" in ended.stderr
                assert_one_line(ended)


@pytest.mark.skipif(not may_mount(), reason="needs root and unshare: a disk of its own to fill")
def test_a_disk_that_is_full_at_the_start_is_one_line(tmp_path: Path) -> None:
    fill = f"mount -t tmpfs -o size=1m tmpfs {tmp_path} && head -c 900K /dev/zero > {tmp_path}/fill"
    run = f"{fill} && exec {sys.executable} -P -m server.command_line up --port 8123 --data {tmp_path}/data"
    ended = subprocess.run(["unshare", "-m", "sh", "-c", run], capture_output=True, text=True, timeout=60)

    assert ended.returncode == 1
    assert f"--data: the disk of {tmp_path}/data is full" in ended.stderr
    assert_one_line(ended)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_the_addresses_that_are_printed_can_be_opened(host: str) -> None:
    """Nobody can open http://0.0.0.0: printed are the machine's own name, and its address in the network."""
    if host == "::" and not socket.has_dualstack_ipv6():
        pytest.skip("no IPv6 here")
    family = socket.AF_INET6 if host == "::" else socket.AF_INET
    with socket.create_server((host, 0), family=family, dualstack_ipv6=host == "::") as door:
        options = Options(host=host, port=door.getsockname()[1])
        for url in (options.address, options.reached):
            named = urlsplit(url)

            assert named.hostname not in (None, host)
            socket.create_connection((named.hostname, named.port), timeout=10).close()
