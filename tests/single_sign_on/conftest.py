"""A real OpenID provider on loopback (oidc-provider-mock in a process of its own), and real offices that know it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from tests.story.conftest import OpenOffice, Visitors, chromium, free_port

__all__ = ["chromium"]


@pytest.fixture
def visitors(chromium: Browser) -> Iterator[Visitors]:
    """The provider's own page asks for a style sheet of the internet and a picture it does not have; ours may ask for nothing."""
    found = Visitors(chromium)
    yield found
    found.leave()
    assert [line for line in found.errors if "NAME_NOT_RESOLVED" not in line and "404" not in line] == []


class Provider:
    """It is another site than the office: 127.0.0.1 beside localhost. It knows registered clients only."""

    def __init__(self) -> None:
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(self.port), "-r", "-n"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while True:
            try:
                if httpx.get(f"{self.issuer}/.well-known/openid-configuration").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            assert self.process.poll() is None, "the provider ended"
            assert time.monotonic() < until, "the provider does not answer"
            time.sleep(0.05)

    def client(self, *back: str) -> tuple[str, str]:
        """Id and secret of a new client, to which it sends people back."""
        made = httpx.post(f"{self.issuer}/oauth2/clients", json={"redirect_uris": back}).json()
        return made["client_id"], made["client_secret"]

    def person(self, subject: str, **claims: object) -> None:
        assert httpx.put(f"{self.issuer}/users/{subject}", json=claims).status_code == 204

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.close()


class KnowingOffice(OpenOffice):
    """An office whose staff sign in at a provider. The address to come back to is registered before the port is taken."""

    def __init__(
        self, folder: Path, provider: Provider, *, secret: str | None = None, issuer: str | None = None
    ) -> None:
        self._provider = provider
        secret_file = folder / "secret"
        port = free_port()
        client, good = provider.client(f"http://localhost:{port}/sign-in/oidc/back")
        secret_file.write_text(secret or good)
        options = ["--oidc-issuer", issuer or provider.issuer, "--oidc-client", client, "--port", str(port)]
        options += ["--oidc-secret-file", str(secret_file), "--oidc-group", "Aufsicht Mitte=supervisor:mitte"]
        options += ["--oidc-group", "Schalter=clerk", "--public-url", f"http://localhost:{port}"]
        self.chosen = port
        super().__init__(folder / "data", *options)

    def _ready(self) -> None:
        self.port, self.base = self.chosen, f"http://localhost:{self.chosen}"
        self.http = httpx.Client(base_url=self.base, timeout=20)
        super()._ready()


@pytest.fixture(scope="module")
def knowing(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowingOffice]:
    office = KnowingOffice(tmp_path_factory.mktemp("knowing"), provider)
    yield office
    assert office.close() == 0
