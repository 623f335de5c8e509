"""Makes the post of a node from its options: mail server and secret are read once, at the start. Called by wiring."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncEngine

from config.words import Words
from server import option_checks
from server.clock import Clock
from server.letters.channel import Channel
from server.letters.mail import Mail
from server.letters.outbox import Outbox
from server.letters.post import Post, Shared
from server.letters.watch import Source, Watch
from server.letters.webhook import Webhook
from server.options import Options


def post(
    options: Options, desks: Mapping[str, Source], watch: Watch, engine: AsyncEngine, shared: Shared, clock: Clock
) -> Post:
    """Sends by mail and webhook what `watch` finds out."""
    channels: dict[str, Channel] = {
        "mail": Mail(option_checks.mail(options), _say, clock),
        "webhook": Webhook(option_checks.webhook_secret(options), _say, clock),
    }
    return Post(desks, watch, Outbox(engine), shared, channels)


def _say(language: str, name: str, **args: object) -> str:
    return Words(language).text(name, **args)
