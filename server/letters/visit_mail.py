"""Letters to citizens by mail: drawn when they are sent, from the state of that moment, with the calendar file.

From, and the sender to whom undeliverable mail is returned, is the mailbox that the office file names.
"""

import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import formataddr, formatdate

from server.clock import Clock
from server.letters.channel import NotTaken, Undeliverable
from server.letters.mail import NeverTaken, deliver
from server.letters.outbox import Letter
from server.letters.settings import MailServer
from server.letters.text import InWords
from server.letters.visit_text import Visit, calendar, drawn
from server.letters.visits import VisitFact, fact_in, fact_of
from server.letters.watch import Source
from server.messages.calendar_file import Between
from server.messages.instants import SECOND
from server.messages.office import Office
from server.persons.contacts import Contact, Contacts
from server.persons.sealing import NoContactKey


class VisitMail:
    """`address(office, appointment)`: of the appointment's page; None without a public address."""

    at_once = 4

    def __init__(
        self,
        server: MailServer | None,
        contacts: Contacts,
        desks: Mapping[str, Source],
        say: InWords,
        clock: Clock,
        address: Callable[[str, str], str | None],
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server, self._contacts, self._desks = server, contacts, desks
        self._say, self._clock, self._address, self._context = say, clock, address, context

    async def send(self, office: Office, letter: Letter) -> None:
        """Sends nothing that is over. Whoever was told that it is cancelled is forgotten."""
        fact = self._now(office, letter)
        if self._server is None:
            raise NotTaken("the server has no mail server (--smtp)")
        contact = await self._opened(office.id, letter.alert)
        if fact is not None and contact is not None:
            await self._deliver(self._server, office, letter, fact, contact)
        if letter.what == "cancelled":
            await self._contacts.forget(office.id, letter.alert)

    def _now(self, office: Office, letter: Letter) -> VisitFact | None:
        state, written = self._desks[office.id].state, fact_in(letter.body)
        if letter.what == "cancelled":
            return written
        return fact_of(state, written.appointment) if written.appointment in state.appointments else None

    async def _opened(self, office: str, appointment: str) -> Contact | None:
        try:
            return await self._contacts.get(office, appointment)
        except NoContactKey as fault:
            raise NotTaken(str(fault)) from fault

    async def _deliver(self, server: MailServer, office: Office, letter: Letter, fact: VisitFact, to: Contact) -> None:
        sender = office.appointments.mailbox or server.sender
        visit = Visit(
            what=letter.what,
            fact=fact,
            office=office,
            language=to.language,
            address=self._address(office.id, fact.appointment),
            others=await self._others(office.id, fact) if letter.what == "booked" else (),
        )
        try:
            await deliver(server, self._message(visit, letter, sender, to.mail), sender, [to.mail], self._context)
        except NeverTaken as fault:
            if letter.what == "cancelled":
                await self._contacts.forget(office.id, letter.alert)
            else:
                await self._contacts.refuse(office.id, letter.alert, str(fault.code))
            raise Undeliverable(f"the mail server refuses an address ({fault.code})") from fault

    async def _others(self, office: str, fact: VisitFact) -> tuple[int, ...]:
        """When the same mail address has further appointments for the same: somebody booked twice to be sure."""
        known = self._desks[office].state.appointments
        others = [known[name] for name in await self._contacts.others(office, fact.appointment) if name in known]
        return tuple(one.start for one in others if {*one.services} & {*fact.services})

    def _message(self, visit: Visit, letter: Letter, sender: str, to: str) -> EmailMessage:
        said, message = drawn(self._say, visit), EmailMessage()
        message["From"], message["To"] = formataddr((visit.office.name, sender)), to
        message["Subject"] = said.subject
        message["Date"] = formatdate(self._clock.now_ms() / SECOND)
        message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(said.plain)
        message.add_alternative(said.html, subtype="html")
        between = Between(office=sender, name=visit.office.name, citizen=to)
        method, file = calendar(self._say, visit, self._clock.now_ms(), between)
        message.add_alternative(file.decode(), subtype="calendar", params={"method": method})
        message.add_attachment(file.decode(), subtype="calendar", params={"method": method}, filename="appointment.ics")
        message["Content-Language"] = visit.language.split("-")[0]
        return message
