"""TLS from files, and the port for citizens only: `aufruf up` as an operator starts it."""

import ssl
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.certificates import certificate
from tests.story.conftest import OpenOffice, free_port


def test_over_tls_the_session_cookie_is_secure(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    port = free_port()
    command = [sys.executable, "-m", "server.command_line", "up", "--data", str(tmp_path / "data"), "--port", str(port)]
    with (tmp_path / "up.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--tls-cert", str(cert), "--tls-key", str(key)], stdout=subprocess.PIPE, stderr=log, text=True
        )
    try:
        link = next(line for line in iter(process.stdout.readline, "") if "/first/" in line).split()[-1]  # type: ignore[union-attr]
        with httpx.Client(verify=ssl.create_default_context(cafile=str(cert)), timeout=20) as client:
            until = time.monotonic() + 30
            while client.get(f"https://localhost:{port}/health/ready").status_code != 200:
                assert time.monotonic() < until
                time.sleep(0.05)
            first = client.post(link)

            assert link.startswith(f"https://localhost:{port}/")
            assert first.headers["set-cookie"].startswith("__Host-aufruf=")
            assert "Secure" in first.headers["set-cookie"]
            assert "max-age=" in first.headers["strict-transport-security"]
    finally:
        process.terminate()
        process.communicate(timeout=15)
    assert process.returncode == 0


def test_the_port_for_citizens_serves_nothing_else(tmp_path: Path) -> None:
    citizens = free_port()
    office = OpenOffice(tmp_path / "data", "--public-port", str(citizens))
    try:
        secret = office.press("issue_ticket", services=["ausweis"])["result"]["ticket"]["secret"]
        base = f"http://localhost:{citizens}"

        assert httpx.get(f"{base}/t/{secret}").status_code == 200
        assert httpx.get(f"{base}/api/v1/tickets/{secret}").json()["state"] == "waiting"
        assert httpx.get(f"{base}/api/v1/offices/mitte/waits").status_code == 200
        for path in ("/", "/counter/mitte/1", "/sign-in", "/metrics", "/api/v1/offices/mitte/boards/display/hall"):
            assert httpx.get(base + path, headers=office.http.headers).status_code == 404, path
    finally:
        assert office.close() == 0
