"""A real office with its own TLS at https://localhost, and real Chromium with its virtual authenticator."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import sync_playwright

from tests.certificates import certificate
from tests.staff_pages.visitor import CHROMIUM
from tests.story.conftest import OpenOffice, Visitors, free_port


class TlsOffice(OpenOffice):
    """Reached by https and a name. Its port is chosen first, because its address is an option."""

    def __init__(self, data: Path, cert: Path, key: Path) -> None:
        self.chosen = free_port()
        address = ("--port", str(self.chosen), "--public-url", f"https://localhost:{self.chosen}")
        super().__init__(data, *address, "--tls-cert", str(cert), "--tls-key", str(key))

    def _ready(self) -> None:
        self.port, self.base = self.chosen, f"https://localhost:{self.chosen}"
        self.http = httpx.Client(base_url=self.base, timeout=20, verify=False)
        super()._ready()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def office(keys: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenOffice]:
    folder = tmp_path_factory.mktemp("passkeys")
    opened = TlsOffice(folder / "data", *keys)
    yield opened
    assert opened.close() == 0


@pytest.fixture
def visitors(keys: tuple[Path, Path]) -> Iterator[Visitors]:
    """Chromium makes no passkey where a certificate is wrong, so this one is known to it by its key."""
    public = x509.load_pem_x509_certificate(keys[0].read_bytes()).public_key()
    spki = hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    known = f"--ignore-certificate-errors-spki-list={base64.b64encode(spki).decode()}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM, known])
        found = Visitors(browser)
        yield found
        found.leave()
        browser.close()
    assert [line for line in found.errors if "401" not in line and "403" not in line] == []
