"""Tells by mail that a slot became free for somebody who wished for one: drawn when it is sent, with the page that confirms it.

Nothing is sent of an offer that is over meanwhile.
"""

import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from functools import partial
from zoneinfo import ZoneInfo

from msgspec.json import decode

from server.clock import Clock
from server.letters.agent import OfferFact, WishAgent
from server.letters.channel import NotTaken, Undeliverable
from server.letters.mail import NeverTaken, deliver
from server.letters.outbox import Letter
from server.letters.settings import MailServer
from server.letters.text import InWords
from server.letters.visit_text import at, page_of
from server.letters.watch import Source
from server.messages.instants import SECOND
from server.messages.office import Office
from server.messages.texts import in_language
from server.persons.contacts import Contact
from server.persons.sealing import NoContactKey
from server.persons.wishes import OFFERED_MINUTES, Wishes


class WishMail:
    """`address(wish)`: of the page that confirms an offer."""

    at_once = 4

    def __init__(
        self,
        server: MailServer | None,
        wishes: Wishes,
        agent: WishAgent,
        desks: Mapping[str, Source],
        say: InWords,
        clock: Clock,
        address: Callable[[str], str],
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server, self._wishes, self._agent, self._desks = server, wishes, agent, desks
        self._say, self._clock, self._address, self._context = say, clock, address, context

    async def send(self, office: Office, letter: Letter) -> None:
        fact = decode(letter.body, type=OfferFact)
        if self._server is None:
            raise NotTaken("the server has no mail server (--smtp)")
        try:
            contact = await self._wishes.contact(letter.alert)
        except NoContactKey as fault:
            raise NotTaken(str(fault)) from fault
        if contact is None or fact.hold not in self._desks[office.id].state.holds:
            return
        sender = office.appointments.mailbox or self._server.sender
        message = self._message(office, letter, fact, contact, self._address(letter.alert), sender)
        try:
            await deliver(self._server, message, sender, [contact.mail], self._context)
        except NeverTaken as fault:
            await self._agent.refused(letter.alert)
            raise Undeliverable(f"the mail server refuses an address ({fault.code})") from fault

    def _message(
        self, office: Office, letter: Letter, fact: OfferFact, to: Contact, address: str, sender: str
    ) -> EmailMessage:
        told, language = partial(self._say, to.language), to.language
        when = at(self._say, language, office, fact.start)
        until = datetime.fromtimestamp(fact.until / 1000, ZoneInfo(office.time_zone)).strftime("%H:%M")
        named = {plan.id: in_language(plan.names, language, office.languages, plan.id) for plan in office.services}
        services = ", ".join(named.get(name, name) for name in fact.services)
        people = f"\n{told('book-people', count=fact.persons)}" if fact.persons > 1 else ""
        head, foot = told("wish-free"), told("wish-why", span=told("common-span-minutes", minutes=OFFERED_MINUTES))
        lines = [f"{office.name}\n{when}\n{services}{people}", told("book-held", time=until)]
        links = [
            (told("wish-take"), f"{address}?lang={language}"),
            (told("wish-end"), f"{address}?lang={language}&end=1"),
        ]
        plain = "\n\n".join([head, *lines, *(f"{text}:\n{link}" for text, link in links), "-- \n" + foot])
        message = EmailMessage()
        message["From"], message["To"] = formataddr((office.name, sender)), to.mail
        message["Subject"] = " ".join(f"{told('wish-subject', when=when)} ({office.name})".split())
        message["Date"] = formatdate(self._clock.now_ms() / SECOND)
        message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{plain}\n")
        html = page_of(language, told("common-language-direction"), head, lines, links, foot)
        message.add_alternative(html, subtype="html")
        message["Content-Language"] = language.split("-")[0]
        return message
