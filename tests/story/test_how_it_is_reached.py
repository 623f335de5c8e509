"""TLS by file, and the port for citizens only: `aufruf up` as an operator starts it."""

import datetime
import ipaddress
import ssl
import subprocess
import sys
import time
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.story.conftest import OpenOffice, free_port


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for localhost, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert, private = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return cert, private


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
            first = client.get(link)

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
