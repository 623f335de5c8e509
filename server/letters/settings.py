"""How letters are sent, as the options say: the mail server. Pure; a ValueError says what is wrong."""

from urllib.parse import unquote, urlsplit

from server.messages.value import Value

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class MailServer(Value):
    """`tls`: encrypted from the first byte. `start_tls`: encrypted from the command STARTTLS on, before which nothing is
    sent. Neither: never encrypted. `sender`: the address in From and in the envelope."""

    host: str
    port: int
    sender: str
    tls: bool = False
    start_tls: bool = False
    user: str | None = None
    password: str | None = None


def mail_server(url: str, sender: str, password: str | None) -> MailServer:
    """`smtps://user@mail.example.de:465`, `smtp+starttls://...` or `smtp://...`."""
    parts = urlsplit(url)
    if not url.isprintable() or " " in url or parts.port == 0:
        raise ValueError("names no host and port that exist")
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("say smtps://user@mail.example.de, smtp+starttls://... or, without encryption, smtp://...")
    if parts.password is not None:
        raise ValueError("has a password; everybody on this machine could read it: give --smtp-password-file")
    user = unquote(parts.username) if parts.username else None
    if (user is None) != (password is None):
        raise ValueError("a user needs --smtp-password-file, and a password needs a user in --smtp")
    if user is not None and parts.scheme == "smtp":
        raise ValueError("sends a password without encryption; say smtps:// or smtp+starttls://")
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        sender=sender,
        tls=parts.scheme == "smtps",
        start_tls=parts.scheme == "smtp+starttls",
        user=user,
        password=password,
    )
