"""Makes the post of a node from its options, and its messages to phones.

Files that the options name are read once, at the start. Called by wiring.
"""

from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from config.words import Words
from server import option_checks
from server.access.access import Access
from server.clock import Clock
from server.desk.desk import Desk
from server.desk.offices import Offices
from server.history.witness import HistoryWitness
from server.letters.agent import WISHES, WishAgent
from server.letters.channel import Channel
from server.letters.hook_letter import HookSender
from server.letters.hook_places import HookPlaces
from server.letters.hooks import Hooks
from server.letters.mail import Mail
from server.letters.outbox import Outbox
from server.letters.phones import CHANNEL, PhoneBook
from server.letters.post import Post, Shared
from server.letters.push import Push
from server.letters.ringing import Ringing
from server.letters.vapid import Vapid
from server.letters.visit_mail import VisitMail
from server.letters.visits import VISITS, Visits
from server.letters.watch import Source, Watch
from server.letters.webhook import AlertHook
from server.letters.wish_mail import WishMail
from server.messages.actor import Actor
from server.messages.commands import AnyCommand
from server.messages.problems import Refusal
from server.options import Options
from server.own_files import FilesBeside
from server.persons.contacts import Contacts
from server.persons.sealing import Sealing
from server.persons.wishes import Wishes
from server.reading_on import ReadingOn
from server.stores import Stores

AGENT = Actor(role="booking", principal="booking:agent")
"""Who holds slots for people that wished for one."""


def post(
    options: Options,
    desks: Mapping[str, Desk],
    watch: Watch,
    engine: AsyncEngine,
    shared: Shared,
    clock: Clock,
    access: Access,
    push: Push | None = None,
) -> Post:
    """Sends by mail and webhook what `watch` finds out, tells phones of calls, and citizens of their appointments."""
    server, known = option_checks.mail(options), contacts(options, engine)

    def address(office: str, appointment: str) -> str | None:
        path = f"/a/{access.links.appointment_secret(office, appointment)}"
        return f"{options.public_url}{path}" if options.public_url else None

    channels: dict[str, Channel] = {
        "mail": Mail(server, _say, clock),
        "webhook": AlertHook(option_checks.webhook_secret(options), _say, clock),
    }
    if push is not None:
        channels[CHANNEL] = push
    if known is not None:
        channels[VISITS] = VisitMail(server, known, desks, _say, clock, address)
    agent, wished = None, wishes(options, engine)
    if wished is not None:
        agent = WishAgent(wished, partial(_pressed, desks))
        channels[WISHES] = WishMail(
            *(server, wished, agent, desks, _say, clock),
            lambda wish: f"{options.public_url}/w/{access.links.wish_secret(wish)}",
        )
    ringing = None if push is None else Ringing(PhoneBook(engine))
    visits = None if known is None else Visits(known, engine)
    return Post(desks, watch, Outbox(engine), shared, channels, ringing, visits, agent)


async def _pressed(desks: Mapping[str, Desk], office: str, command: AnyCommand, key: str) -> dict[str, Any] | None:
    """A press of the appointment agent: as if somebody pressed on the booking page."""
    answer = await desks[office].submit(AGENT, command, key)
    return None if isinstance(answer, Refusal) else answer.result


def wishes(options: Options, engine: AsyncEngine) -> Wishes | None:
    """Where wishes for an appointment are kept. Where nobody could be told by mail, or could not come to the page of a wish, only
    the phone desk keeps some; None where nothing can be sealed."""
    if find_spec("cryptography") is None:
        return None
    by_mail = contacts(options, engine) is not None and options.public_url is not None
    return Wishes(engine, Sealing(option_checks.contact_key(options)), by_mail=by_mail)


def webhooks(stores: Stores, desks: Offices, own_files: FilesBeside, clock: Clock) -> Hooks:
    """Tells other systems what happens, as the office files say."""
    sender = HookSender(own_files.webhook_secret, clock)
    reader = ReadingOn(desks, HistoryWitness(stores.engine))
    return Hooks(desks, HookPlaces(stores.engine), stores.presence, reader, sender.send)


def contacts(options: Options, engine: AsyncEngine) -> Contacts | None:
    """Where mail addresses of citizens are kept; None without a mail server: then nobody is asked for one."""
    if option_checks.mail(options) is None or find_spec("cryptography") is None:
        return None
    return Contacts(engine, Sealing(option_checks.contact_key(options)))


def push(
    options: Options,
    desks: Mapping[str, Source],
    engine: AsyncEngine,
    clock: Clock,
    access: Access,
) -> Push | None:
    """Messages to phones; None without the extra `push`."""
    if any(find_spec(name) is None for name in ("pywebpush", "py_vapid")):
        return None

    def path(office: str, ticket: str) -> str:
        return f"/t/{access.links.secret(office, ticket)}"

    vapid = Vapid(access.derived("web push 1"), _contact(options), clock)
    return Push(PhoneBook(engine), vapid, desks, _say, path, loopback=options.push_loopback)


def _contact(options: Options) -> str:
    """Whom a push service may ask about our messages: it wants a mail address or a page."""
    if options.mail_from is not None:
        return f"mailto:{options.mail_from}"
    public = options.public_url or ""
    return public if public.startswith("https://") else "mailto:webmaster@localhost"


def _say(language: str, name: str, **args: object) -> str:
    return Words(language).text(name, **args)
