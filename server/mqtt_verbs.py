"""The verb `mqtt`: its options, and what may be wrong with them.

Part of the command line. The outbox itself is imported when the verb is called.
"""

import asyncio
import ssl
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from config import named_file
from server.option_values import is_host, shown
from server.options import WrongUse
from server.verb_options import ServerAddress, TokenFile, fail, id_option, need, option, read_token

PORTS = {"mqtt": 1883, "mqtts": 8883}
LONGEST_PREFIX, LONGEST_USER, LONGEST_PASSWORD = 100, 200, 4_096
EXAMPLE = "mqtts://broker.example.de or mqtt://10.0.0.5:1883"


class BrokerPlace(NamedTuple):
    """Where a broker is."""

    host: str
    port: int
    secure: bool


def broker_at(text: str) -> BrokerPlace:
    """The parts of `mqtts://broker.example.de:8883`."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as fault:
        raise WrongUse(f"--broker: {shown(text)} cannot be read ({fault})") from fault
    if parts.username is not None or parts.password is not None:
        raise WrongUse(
            "--broker: has a name or password before the host; say them by --broker-user and --broker-password-file"
        )
    if parts.scheme not in PORTS or not is_host(parts.hostname or "") or port == 0:
        raise WrongUse(f"--broker: {shown(text)} is no address of a broker; say {EXAMPLE}")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise WrongUse(f"--broker: {shown(text)} has something after the address; say {EXAMPLE}")
    return BrokerPlace(parts.hostname or "", port or PORTS[parts.scheme], parts.scheme == "mqtts")


def _address(text: str) -> str:
    broker_at(text)
    return text


def _prefix(text: str) -> str:
    wrong = [sign for sign in text if sign in "+#" or not sign.isprintable()]
    if wrong or not all(text.split("/")) or text.startswith("$") or len(text.encode()) > LONGEST_PREFIX:
        raise WrongUse(
            f"--topic-prefix: {shown(text)} cannot begin a topic; say words with / between them, without + and #, "
            f"at most {LONGEST_PREFIX} bytes, for example aufruf"
        )
    return text


def _user(text: str) -> str:
    if len(text) > LONGEST_USER or not text.isprintable():
        raise WrongUse(f"--broker-user: {shown(text)} is no name of a user")
    return text


def mqtt(
    server: ServerAddress,
    token_file: TokenFile,
    broker: Annotated[str, option("broker", f"Address of the MQTT broker: {EXAMPLE}", _address)],
    broker_ca: Annotated[
        Path | None,
        option("broker-ca", "Certificates (PEM) to trust, if the broker's is not signed by a public authority"),
    ] = None,
    broker_user: Annotated[str | None, option("broker-user", "Name by which the broker knows us", _user)] = None,
    broker_password_file: Annotated[
        Path | None, option("broker-password-file", "File with the password of that user")
    ] = None,
    topic_prefix: Annotated[str, option("topic-prefix", "How all topics begin", _prefix)] = "aufruf",
    office: Annotated[str | None, id_option("office", "Id of the office; without it: the token's")] = None,
    button_token_file: Annotated[
        Path | None,
        option("button-token-file", "Token of a clerk for presses of buttons; without it none are taken"),
    ] = None,
) -> None:
    """Tells an MQTT broker how an office stands, for lamps and door signs, and takes presses of buttons from it."""
    need("mqtt")
    place, token = broker_at(broker), read_token(token_file)
    presses = None if button_token_file is None else read_token(button_token_file, "button-token-file")
    password = _password(broker_user, broker_password_file)
    trust = _trust(place, broker_ca)
    from aufruf_client import NotLetIn, Unreachable
    from mqtt_outbox.broker import Broker, BrokerRefused
    from mqtt_outbox.outbox import MqttWishes, run

    known = Broker(place.host, place.port, trust, broker_user, password)
    try:
        asyncio.run(run(MqttWishes(server, token, known, topic_prefix, office, presses)))
    except (NotLetIn, Unreachable) as fault:
        fail(f"the server does not accept this token: {fault}")
    except BrokerRefused as fault:
        fail(str(fault))


def _password(user: str | None, file: Path | None) -> str | None:
    if file is None:
        return None
    if user is None:
        raise WrongUse("--broker-password-file: needs --broker-user")
    try:
        text = named_file.content(file, LONGEST_PASSWORD, piped=True).decode().strip("\r\n")
    except OSError as fault:
        raise WrongUse(f"--broker-password-file: {file} cannot be read ({fault.strerror})") from fault
    except UnicodeError as fault:
        raise WrongUse(f"--broker-password-file: {file} is no text") from fault
    if not text or not text.isprintable():
        raise WrongUse(f"--broker-password-file: {file} holds no password; it is one line")
    return text


def _trust(place: BrokerPlace, file: Path | None) -> ssl.SSLContext | None:
    if not place.secure:
        if file is not None:
            raise WrongUse("--broker-ca: is only for a broker with TLS; say mqtts:// in --broker")
        return None
    if file is None:
        return ssl.create_default_context()
    try:
        named_file.checked(file)
        return ssl.create_default_context(cafile=file)
    except ssl.SSLError as fault:
        raise WrongUse(f"--broker-ca: {file} holds no certificate (PEM)") from fault
    except OSError as fault:
        raise WrongUse(f"--broker-ca: {file} cannot be read ({fault.strerror})") from fault


VERBS = (
    (
        mqtt,
        "aufruf mqtt --server https://warten.example.de --token-file observer.token --broker mqtts://broker.example.de "
        "--broker-user aufruf --broker-password-file broker.password --button-token-file buttons.token",
    ),
)
"""With the example that its help shows."""
