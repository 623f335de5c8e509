"""What web knows of how this node is reached, and of where staff sign in, from the options of `up`. Called by wiring."""

from importlib.metadata import version
from typing import Any

from server import option_checks
from server.access.oidc import Oidc, OidcSettings
from server.clock import Clock
from server.options import Options
from server.web.site import Settings


def settings(options: Options, networks: tuple[Any, ...], clock: Clock) -> Settings:
    """Secrets are read from their files once, at the start."""
    found = option_checks.oidc(options)
    oidc = None if found is None else Oidc(OidcSettings(**found), clock)
    return Settings(version=version("aufruf"), public_url=options.public_url, trusted_proxies=networks, oidc=oidc)
