"""Makes the post of a node from its options, and its messages to phones.

Files that the options name are read once, at the start. Called by wiring.
"""

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from sqlalchemy.ext.asyncio import AsyncEngine

from config.words import Words
from server import option_checks
from server.clock import Clock
from server.letters.channel import Channel
from server.letters.mail import Mail
from server.letters.outbox import Outbox
from server.letters.phones import CHANNEL, PhoneBook
from server.letters.post import Post, Shared
from server.letters.push import Push
from server.letters.ringing import Ringing
from server.letters.vapid import Vapid
from server.letters.watch import Source, Watch
from server.letters.webhook import Webhook
from server.options import Options


def post(
    options: Options,
    desks: Mapping[str, Source],
    watch: Watch,
    engine: AsyncEngine,
    shared: Shared,
    clock: Clock,
    push: Push | None = None,
) -> Post:
    """Sends by mail and webhook what `watch` finds out, and tells phones of calls."""
    channels: dict[str, Channel] = {
        "mail": Mail(option_checks.mail(options), _say, clock),
        "webhook": Webhook(option_checks.webhook_secret(options), _say, clock),
    }
    if push is None:
        return Post(desks, watch, Outbox(engine), shared, channels)
    return Post(desks, watch, Outbox(engine), shared, {**channels, CHANNEL: push}, Ringing(PhoneBook(engine)))


def push(
    options: Options,
    desks: Mapping[str, Source],
    engine: AsyncEngine,
    clock: Clock,
    secret: bytes,
    path: Callable[[str, str], str],
) -> Push | None:
    """Messages to phones; None without the extra `push`. `secret`: of the installation; `path(office, ticket)`: of a page."""
    if any(find_spec(name) is None for name in ("pywebpush", "py_vapid")):
        return None
    vapid = Vapid(secret, _contact(options), clock)
    return Push(PhoneBook(engine), vapid, desks, _say, path, loopback=options.push_loopback)


def _contact(options: Options) -> str:
    """Whom a push service may ask about our messages: it wants a mail address or a page."""
    if options.mail_from is not None:
        return f"mailto:{options.mail_from}"
    public = options.public_url or ""
    return public if public.startswith("https://") else "mailto:webmaster@localhost"


def _say(language: str, name: str, **args: object) -> str:
    return Words(language).text(name, **args)
