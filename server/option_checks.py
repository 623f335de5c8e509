"""Checks options before anything is created: each function returns the value, or raises WrongUse that names the option.

Called by the command line and by the modules that open the stores. Imports nothing that only the extra `server` installs.
"""

import errno
import ipaddress
import os
import re
import socket
import ssl
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config import named_file
from server.letters import settings
from server.letters.settings import MailServer
from server.messages import signing
from server.messages.instants import DAY, HOUR, MINUTE
from server.option_values import MOST_SHOWN, is_host
from server.options import Options, Unusable, WrongUse
from server.persons import sealing

LONGEST_TOKEN = 1_024
MOST_ISSUER = 255
OIDC_ROLES = ("admin", "supervisor", "clerk", "desk", "observer")
LONGEST_SECRET = 4_096
PORTS = {"http": 80, "https": 443}
MOST_REPLICAS = 16
AGREEING = ("sentinel://", "sentinels://", "cluster://", "clusters://")
"""Stores of which somebody else says which one is the primary."""
_PATH = re.compile(r"[A-Za-z0-9/._~%!$&'()*+,;=:@-]{0,1000}")
_UNITS_MS = {
    "s": 1_000,
    "m": MINUTE,
    "min": MINUTE,
    "h": HOUR,
    "d": DAY,
    "w": 604_800_000,
    "y": 31_536_000_000,
}
LONGEST_MS = 100 * _UNITS_MS["y"]
CONTACT_KEY = "contacts.key"
"""In the data folder, if no option names another place: beside the database, not in it, and in no backup."""
KEPT = (
    "aufruf.db",
    "aufruf.db-wal",
    "aufruf.db-shm",
    "audio",
    CONTACT_KEY,
    "known",
    "printers",
    "printers/*",
    "store",
    "store/*",
    "tickets",
)
"""What `up` keeps in its data folder. Run once as root, it leaves things there that another user may not even read."""
LEAST_IDLE_MS, MOST_IDLE_MS = 2 * MINUTE, 12 * HOUR
"""At least two minutes, because uses are written once a minute; at most twelve hours, because then a session ends anyway."""


def check(options: Options, *, beside: bool = False) -> None:
    """Everything about the options of `up` that can be checked without leaving a trace. `beside`: a server may run meanwhile."""
    for name, number in (("port", options.port), ("public-port", options.public_port)):
        if number is not None and not 1 <= number <= 65_535:
            raise WrongUse(f"--{name}: {number} is no port; ports are 1 to 65535")
    if options.public_port == options.port:
        raise WrongUse(f"--public-port: {options.port} is already the port for everybody (--port); choose another one")
    if options.public_url is not None:
        web_address("public-url", options.public_url)
    if not 0 <= options.replicas <= MOST_REPLICAS or (options.replicas and options.redis is None):
        raise WrongUse(
            f"--replicas: must be 0 to {MOST_REPLICAS}, and above 0 it needs --redis with a store that has replicas"
        )
    if options.accept_one_store and (options.replicas != 1 or not (options.redis or "").startswith(AGREEING)):
        raise WrongUse(
            "--accept-one-store: needs --replicas 1 and --redis sentinel://... or cluster://..., "
            "since somebody must know which store is the primary"
        )
    certificate(options.tls_cert, options.tls_key)
    trusted(options)
    mail(options)
    webhook_secret(options)
    oidc(options)
    folder(options.data)
    contact_key(options)  # it may lie in that folder
    if not beside:
        for number in ports(options):
            free(options.host, number)


def in_use(options: Options) -> list[int]:
    """The ports that a server or another program has now."""
    found = []
    for number in ports(options):
        try:
            free(options.host, number)
        except Unusable:
            found.append(number)
    return found


def ports(options: Options) -> list[int]:
    return [options.port] if options.public_port is None else [options.port, options.public_port]


def web_address(option: str, text: str) -> str:
    """`https://warten.example.de`, as browsers write it: small letters, no usual port, no slash at its end. Otherwise a page
    would be taken for another site's."""
    said = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."
    try:
        parts = urlsplit(text)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except ValueError as fault:
        raise WrongUse(f"--{option}: {said} cannot be read ({fault})") from fault
    if parts.username is not None:
        raise WrongUse(f"--{option}: has a name or password before the host; it takes none")
    if parts.scheme not in PORTS or not is_host(host) or port == 0 or not _PATH.fullmatch(parts.path):
        raise WrongUse(f"--{option}: {said} is no address; say https://warten.example.de or http://10.0.0.5:8080")
    at = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{'' if port in (None, PORTS[parts.scheme]) else f':{port}'}"
    if parts.query or parts.fragment or any(sign.isspace() for sign in text):
        raise WrongUse(f"--{option}: {said} has something after the address; say {at}")
    return f"{at}{parts.path.rstrip('/')}"


def duration(option: str, text: str) -> int:
    """ "12h" → 43,200,000 ms. WrongUse says what is allowed."""
    read = re.fullmatch(r"([1-9]\d{0,9})\s*(s|min|m|h|d|w|y)", text.strip(), re.ASCII)
    if read is None or (lasts := int(read[1]) * _UNITS_MS[read[2]]) > LONGEST_MS:
        raise WrongUse(f"--{option}: {text!r} is no duration; say 12h, 30d or 1y, at most 100y")
    return lasts


def idle_end(text: str) -> int:
    """The milliseconds of --idle-end; "off" is 0."""
    if text.strip() in ("off", ""):
        return 0
    try:
        lasts = duration("idle-end", text)
    except WrongUse:
        lasts = 0
    if not LEAST_IDLE_MS <= lasts <= MOST_IDLE_MS:
        raise WrongUse(f"--idle-end: {text!r} is not allowed; say 30m or 2h, from 2m to 12h, or off")
    return lasts


def certificate(chain: Path | None, key: Path | None) -> None:
    """Both files or neither; they exist, are readable, and belong together."""
    if (chain is None) != (key is None):
        raise WrongUse("--tls-cert and --tls-key need each other")
    if chain is None or key is None:
        return
    for option, file in (("tls-cert", chain), ("tls-key", key)):
        try:
            named_file.checked(file)
        except OSError as fault:
            raise WrongUse(f"--{option}: {file} cannot be read ({fault.strerror})") from fault
    try:
        load_certificate(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), chain, key)
    except (ssl.SSLError, OSError) as fault:
        raise WrongUse(f"--tls-cert: {chain} with --tls-key {key} cannot be used ({_said(fault)})") from fault


def load_certificate(context: ssl.SSLContext, chain: Path, key: Path) -> None:
    """For a key with a password, OpenSSL would ask at the terminal. Such a key is refused instead."""

    def no_password() -> str:
        raise OSError("the key is protected by a password; give a key without one")

    for file in (chain, key):  # OpenSSL would wait for a pipe
        named_file.checked(file)
    context.load_cert_chain(chain, key, no_password)


def trusted(options: Options) -> tuple[Any, ...]:
    """The networks of --trusted-proxy."""
    found = []
    for cidr in options.trusted_proxies:
        try:
            found.append(ipaddress.ip_network(cidr, strict=False))
        except ValueError as fault:
            raise WrongUse(f"--trusted-proxy: {fault}; say 127.0.0.1 or 10.0.0.0/8") from fault
    return tuple(found)


def mail(options: Options) -> MailServer | None:
    """The mail server of --smtp, which needs --mail-from."""
    if options.smtp is None:
        if options.smtp_password_file is not None or options.mail_from is not None:
            raise WrongUse("--smtp-password-file and --mail-from need --smtp")
        return None
    if options.mail_from is None or not re.fullmatch(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,255}", options.mail_from):
        raise WrongUse(f"--mail-from: {options.mail_from} is no address; --smtp needs one such as aufruf@example.de")
    try:
        password = (
            None if options.smtp_password_file is None else _line("smtp-password-file", options.smtp_password_file)
        )
        found = settings.mail_server(options.smtp, options.mail_from, password)
    except ValueError as fault:
        raise WrongUse(f"--smtp: {fault}") from fault
    if not is_host(found.host):
        raise WrongUse(f"--smtp: {found.host[:MOST_SHOWN]} is no host; say smtps://mail.example.de")
    return found


def oidc(options: Options) -> dict[str, Any] | None:
    """The provider of --oidc-issuer, as the fields of `OidcSettings`; None without one."""
    issuer, client, file = options.oidc_issuer, options.oidc_client, options.oidc_secret_file
    if issuer is None:
        if client is not None or file is not None or options.oidc_groups:
            raise WrongUse("--oidc-client, --oidc-secret-file and --oidc-group need --oidc-issuer")
        return None
    parts = urlsplit(issuer)
    if parts.scheme not in PORTS or not parts.hostname or parts.query or parts.fragment or len(issuer) > MOST_ISSUER:
        raise WrongUse(
            "--oidc-issuer: say the address that the provider calls itself, such as https://login.example.de"
        )
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise WrongUse("--oidc-issuer: needs https; only a provider on this machine may do without")
    if client is None or file is None or not options.oidc_groups:
        raise WrongUse("--oidc-issuer needs --oidc-client, --oidc-secret-file and at least one --oidc-group")
    groups = dict(_group(text) for text in options.oidc_groups)
    secret = _line("oidc-secret-file", file)
    return {"issuer": issuer, "client": client, "secret": secret, "claim": options.oidc_claim, "groups": groups}


def _group(text: str) -> tuple[str, tuple[str, str]]:
    """`Bürgeramt Aufsicht=supervisor:mitte` → the group, and the pair of its members."""
    group, equals, pair = text.rpartition("=")
    role, _, office = pair.partition(":")
    if not equals or not group or role not in OIDC_ROLES:
        raise WrongUse(
            f"--oidc-group: {text[:MOST_SHOWN]!r} is none; say GROUP=ROLE:OFFICE, ROLE of {', '.join(OIDC_ROLES)}"
        )
    return group, (role, office)


def webhook_secret(options: Options) -> bytes | None:
    """The key with which webhooks are signed."""
    file = options.webhook_secret_file
    if file is None:
        return None
    try:
        return signing.webhook_secret(_line("webhook-secret-file", file))
    except ValueError as fault:
        raise WrongUse(f"--webhook-secret-file: {file} {fault}") from fault


def contact_key(options: Options) -> Path:
    """The file of the key with which mail addresses of citizens are encrypted. If there is none yet, the server makes it when
    somebody leaves the first address."""
    file = options.contact_key_file or options.data / CONTACT_KEY
    try:
        sealing.read(file)
    except FileNotFoundError:
        if not file.parent.is_dir() and options.contact_key_file is not None:
            raise WrongUse(f"--contact-key-file: there is no folder {file.parent}") from None
    except sealing.NoContactKey as fault:
        raise WrongUse(f"--contact-key-file: {file} {fault}") from fault
    return file


def _line(option: str, file: Path) -> str:
    """The one line of a file with a secret, which no message repeats."""
    try:
        found = named_file.content(file, LONGEST_SECRET, piped=True).decode("utf-8-sig").strip("\r\n")
    except (OSError, UnicodeError) as fault:
        raise WrongUse(f"--{option}: {file} cannot be read ({getattr(fault, 'strerror', 'no text')})") from fault
    if not found or not found.isprintable():
        raise WrongUse(f"--{option}: {file} must hold one line, and nothing else")
    return found


def folder(data: Path) -> None:
    """A folder that this user may use, or one that can be created."""
    there = data
    try:
        while not there.exists() and there != there.parent:
            there = there.parent
        if not there.is_dir():
            raise WrongUse(f"--data: {there} is a file, not a folder")
    except OSError as fault:
        raise WrongUse(f"--data: {data} cannot be used ({fault.strerror})") from fault
    for found in (there, *(one for pattern in KEPT for one in data.glob(pattern))):
        if not os.access(found, os.R_OK | os.W_OK | (os.X_OK if found.is_dir() else 0)):
            raise WrongUse(f"--data: {data} cannot be used: this user has no right to read and write {found}")


def free(host: str, port: int) -> None:
    """Checks that a port can be used. WrongUse: the host is not this machine. Unusable: another program has the port."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as fault:
        raise WrongUse(f"--host: {host} is not known here ({_said(fault)})") from fault
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as fault:
            raise taken(host, port, fault) from fault


def taken(host: str, port: int, fault: OSError) -> Exception:
    """The error to raise when a port cannot be bound."""
    try:
        ours = ipaddress.ip_address(host)
    except ValueError:
        ours = None
    if fault.errno == errno.EADDRNOTAVAIL and ours is not None:
        return WrongUse(f"--host: {host} is no address of this machine")
    if isinstance(fault, PermissionError):
        return Unusable(f"--port: this user may not use port {port} ({fault.strerror}); choose one above 1023")
    return Unusable(
        f"--port: port {port} cannot be used ({fault.strerror}); does another server use it? (--port chooses another)"
    )


def token(content: bytes) -> str:
    """The token in a file: UTF-8 or UTF-16, with or without a byte order mark. ValueError if there is none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        form = "utf-16"
    elif b"\0" in content[:2]:
        form = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    else:
        form = "utf-8-sig"
    found = content[: 8 * LONGEST_TOKEN].decode(form).strip().strip("\ufeff\0").strip()
    if not found:
        raise ValueError("is empty")
    if len(found) > LONGEST_TOKEN or not found.isascii() or not found.isprintable() or " " in found:
        raise ValueError("holds no token; it is the one line that `aufruf token` printed")
    return found


def _said(fault: Exception) -> str:
    if isinstance(fault, ssl.SSLError) and fault.reason:
        return fault.reason.replace("_", " ").lower()
    return getattr(fault, "strerror", None) or str(fault)
