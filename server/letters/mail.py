"""Letters by mail: plain text in the office's first language, through the mail server of the option --smtp.

`Message-ID` is the same at every try of a letter.
"""

import ssl
from email.message import EmailMessage
from email.utils import formatdate

from server.clock import Clock
from server.letters.channel import NotTaken
from server.letters.outbox import Letter
from server.letters.settings import MailServer
from server.letters.text import InWords, body, subject
from server.messages.instants import SECOND
from server.messages.office import Office

LIMIT_S = 15.0
NEVER = 500
"""The mail server's codes from here on say that it will not take it later either."""


class Mail:
    """`server` None: nothing is sent, and staff are told so. `context`: which certificates are trusted; None: those that
    the system trusts."""

    at_once = 1

    def __init__(
        self, server: MailServer | None, say: InWords, clock: Clock, context: ssl.SSLContext | None = None
    ) -> None:
        self._server, self._say, self._clock, self._context = server, say, clock, context

    async def send(self, office: Office, letter: Letter) -> None:
        server = self._server
        if server is None:
            raise NotTaken("the server has no mail server (--smtp)")
        refused = await deliver(
            server, self._message(server, office, letter), server.sender, list(office.alerts.to), self._context
        )
        if refused:
            codes = ", ".join(sorted({str(code) for code in refused}))
            raise PartlyTaken(f"the mail server refused {len(refused)} of {len(office.alerts.to)} addresses ({codes})")

    def _message(self, server: MailServer, office: Office, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = server.sender, ", ".join(office.alerts.to)
        message["Subject"] = subject(self._say, office, letter)
        message["Date"] = formatdate(self._clock.now_ms() / SECOND)
        message["Message-ID"] = f"<{letter.id}@{server.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = office.languages[0]
        message.set_content(body(self._say, office, letter))
        return message


async def deliver(
    server: MailServer, message: EmailMessage, sender: str, to: list[str], context: ssl.SSLContext | None = None
) -> list[int]:
    """Hands a message to the mail server. Returns the codes of the addresses that it refused, if it took at least one. `sender`:
    to whom mail is returned that cannot be delivered."""
    from aiosmtplib import SMTPException, send  # here, because most servers send no mail

    try:
        refused, _ = await send(
            message,
            sender=sender,
            recipients=to,
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls,
            start_tls=server.start_tls,
            tls_context=context,
            timeout=LIMIT_S,
        )
    except (SMTPException, OSError) as fault:
        raise _refusal(fault) from fault
    return [answer.code for answer in refused.values()]


def _refusal(fault: Exception) -> NotTaken:
    """A code from 500 on about every address, or about the message itself, will not change (RFC 5321)."""
    from aiosmtplib import SMTPDataError, SMTPRecipientsRefused

    said = f"the mail server did not take it ({_said(fault)})"
    if isinstance(fault, SMTPRecipientsRefused):
        codes = [one.code for one in fault.recipients]
    else:
        codes = [fault.code] if isinstance(fault, SMTPDataError) else []
    return NeverTaken(said, codes[0]) if codes and min(codes) >= NEVER else NotTaken(said)


class NeverTaken(NotTaken):
    """Every address, or the message itself, is refused for good. `code`: what the mail server said of the first."""

    def __init__(self, said: str, code: int) -> None:
        super().__init__(said)
        self.code = code


class PartlyTaken(NotTaken):
    """Some addresses took the letter: it is not sent to them again."""


def _said(fault: Exception) -> str:
    """The kind of failure and the server's code. The server's own words may contain addresses, which must not appear on a
    table."""
    code = getattr(fault, "code", None)
    return f"{type(fault).__name__} {code}" if isinstance(code, int) else type(fault).__name__
