"""The server as a device knows it: one address, one token, one list of trusted certificates. Used by the line and over HTTP.

Proxies and other settings of the environment are ignored: a device speaks only to its own server. It trusts the certificates
of this system (where a city installs its own authority) and the public ones that come with httpx.
"""

import ssl
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx


@dataclass(frozen=True)
class Address:
    """`url`: as people write it, http or https, with or without a path. `token`: empty to ask as nobody."""

    url: str
    token: str = field(repr=False)

    @cached_property
    def trust(self) -> ssl.SSLContext:
        context = httpx.create_ssl_context(trust_env=False)
        context.load_default_certs()
        return context

    def client(self, timeout_s: float) -> httpx.Client:
        return httpx.Client(**self._manners(timeout_s))

    def asking(self, timeout_s: float) -> httpx.AsyncClient:
        return httpx.AsyncClient(**self._manners(timeout_s))

    def _manners(self, timeout_s: float) -> dict[str, Any]:
        return {
            "base_url": self.url,
            "headers": {"Authorization": f"Bearer {self.token}"} if self.token else {},
            "timeout": timeout_s,
            "trust_env": False,
            "verify": self.trust,
        }

    def live(self, office: str) -> str:
        """The address of an office's live socket."""
        return f"ws{self.url.rstrip('/').removeprefix('http')}/api/v1/offices/{office}/live"

    def waiting(self) -> str:
        """The address of the socket of a device that waits to be paired."""
        return f"ws{self.url.rstrip('/').removeprefix('http')}/api/v1/live"
