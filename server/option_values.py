"""Checks the form of single values on the command line, for every verb alike: returns the value, or raises WrongUse.

Called by `server.verb_options`, the command line and the verbs. Imports nothing that only an extra installs.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from ipaddress import ip_address
from itertools import pairwise

from config.limits import ID
from server.options import WrongUse

MAY_BE_EMPTY = ("--name", "--idle-end")
MOST_SHOWN = 80
"""Characters of a value that a message repeats."""
FASTEST = 1_000
"""Times faster than normal: a demo above it would be a load test."""
LONGEST_NAME = 200
LONGEST_HOST = 253
_LABEL = r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"


def id(option: str, text: str) -> str:
    """The id of one thing in an office file."""
    if not ID.fits(text):
        raise WrongUse(f"--{option}: {shown(text)} is no id; it is 1 to 64 letters, digits or any of _ . : -")
    return text


def place(text: str) -> str:
    """A counter: "3", or "mitte/3" for a token of several offices."""
    office, slash, counter = text.rpartition("/")
    if not ID.fits(counter) or (slash and not ID.fits(office)):
        raise WrongUse(f"--counter: {shown(text)} is no counter; say 3, or mitte/3 if the token is for several offices")
    return text


def here(text: str) -> str:
    """An address on this machine with a port: whoever reaches it has the rights of the kiosk."""
    host, _, port = text.rpartition(":")
    with suppress(ValueError):
        if ip_address(host.strip("[]")).is_loopback and 0 < int(port) < 65_536:
            return text
    raise WrongUse(f"--listen: {shown(text)} is no address of this machine alone; say for example 127.0.0.1:8090")


def seed(number: int) -> int:
    if not 0 <= number < 2**63:
        raise WrongUse(f"--seed: {shown(str(number))} is out of range; say a whole number from 0 to {2**63 - 1}")
    return number


def speed(times: float) -> float:
    if not 0 < times <= FASTEST:
        raise WrongUse(
            f"--speed: {times} is no speed; say how many times faster than normal, for example 20, at most {FASTEST}"
        )
    return times


def shown(text: str) -> str:
    """A value as messages repeat it: on one line, without control signs, not too long."""
    return repr(text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}...")


def readable(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Refuses a value that is no UTF-8 text, because Python passes such bytes on as lone surrogates, which no file, database or
    line takes. Refuses an empty value too: the variable in the shell was probably not set."""
    given = [_given(before, word) for before, word in pairwise(("", *words))]
    for name, value in (*given, *((name, value) for name, value in environment.items() if name.startswith("AUFRUF_"))):
        if any("\ud800" <= sign <= "\udfff" for sign in value):
            raise WrongUse(f"{name}: {shown(value)} is no UTF-8 text".removeprefix(": "))
    for name, value in given:
        if not value and name.startswith("--") and name not in MAY_BE_EMPTY:
            raise WrongUse(f"{name}: is empty")


def _given(before: str, word: str) -> tuple[str, str]:
    """The value that a word of the command line contains, and the option that it belongs to."""
    if not word.startswith("--"):
        return before, word
    name, equals, value = word.partition("=")
    return (name, value) if equals else (before, word)


def is_host(host: str) -> bool:
    """Whether this can be the name or address of a machine; a name with umlauts as it is in "xn--" form."""
    if ":" in host:
        return re.fullmatch(r"[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?", host) is not None
    return len(host) <= LONGEST_HOST and re.fullmatch(rf"{_LABEL}(\.{_LABEL})*\.?", host) is not None


def name(option: str, text: str) -> str:
    """What somebody calls a token or an account."""
    if len(text) > LONGEST_NAME or not all(sign.isprintable() or sign > "\x9f" for sign in text):
        raise WrongUse(
            f"{option}: {shown(text)} is no name; it has at most {LONGEST_NAME} characters, none of them control signs"
        )
    return text
