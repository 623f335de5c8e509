"""Tells the operator once what is wrong behind a proxy: what was seen, what was expected, and which option is missing.

Behind a proxy that is not trusted, all citizens seem to have one address, and our pages seem to be another site's.
"""

import structlog
from starlette.datastructures import Headers

from server.web.line.peer import Network, Scope, origins, same_origin, within
from server.web.refused import RefusedRequest, refuse

FORWARDING = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded")
MOST = 100
"""Addresses that a node names in its lifetime. The number is limited because anybody can send such a header."""
LONGEST = 120

_log = structlog.get_logger("aufruf.web")


class Proxied:
    """Notices, by address, what an operator should know. `trusted`, `public_url`: the values of the options."""

    def __init__(self, trusted: tuple[Network, ...], public_url: str | None) -> None:
        self._trusted, self._public_url = trusted, public_url
        self._said: set[tuple[str, str]] = set()

    def look(self, scope: Scope) -> None:
        """Look at the connection as it came, before any proxy is trusted."""
        headers = Headers(scope=scope)
        sent = [name for name in FORWARDING if name in headers]
        if not sent:
            return
        peer = _peer(scope)
        if not within(peer, self._trusted):
            self._say(
                "a proxy is not trusted, so what it says of its visitors does not count",
                address=peer,
                seen=", ".join(sent),
                expected=f"such headers from trusted proxies only ({_named(self._trusted)})",
                option=f"--trusted-proxy {peer}",
            )
        elif sent == ["forwarded"]:
            self._say(
                "a proxy says who its visitors are in a header that is not read",
                address=peer,
                seen="forwarded",
                expected="X-Forwarded-For and X-Forwarded-Proto",
                option="see docs/proxies.md",
            )

    def check_origin(self, scope: Scope) -> None:
        """Raises Refused if a page of another site asks, and tells the operator which option would make it the same site."""
        if same_origin(scope, self._public_url):
            return
        headers, peer = Headers(scope=scope), _peer(scope)
        seen = headers.get("origin") or f"sec-fetch-site: {headers.get('sec-fetch-site')}"
        seen, expected = seen[:LONGEST], " or ".join(sorted(origins(scope, self._public_url)))[: 2 * LONGEST]
        options = f"--public-url {seen}" if seen.startswith("http") else "--public-url"
        if not within(peer, self._trusted):
            options += f", or --trusted-proxy {peer} with X-Forwarded-Proto"
        self._say(
            "a page was refused: it is of another origin", address=peer, seen=seen, expected=expected, option=options
        )
        raise _refused(seen, expected)

    def _say(self, what: str, *, address: str, seen: str, expected: str, option: str) -> None:
        """Once for each address."""
        if (address, what) not in self._said and len(self._said) < MOST:
            self._said.add((address, what))
            _log.warning(what, address=address, seen=seen, expected=expected, option=option)


def _refused(seen: str, expected: str) -> RefusedRequest:
    return refuse(
        "origin_refused",
        f"this was sent by a page of {seen}, and this server is {expected} (its keeper: --public-url or --trusted-proxy)",
    )


def _peer(scope: Scope) -> str:
    """The nearest hop, even after the headers of a trusted proxy were used."""
    client = scope.get("aufruf.peer") or scope.get("client")
    return str(client[0]) if client else "a socket"


def _named(trusted: tuple[Network, ...]) -> str:
    return ", ".join(str(network) for network in trusted) or "there is none"
