"""The first office file of somebody who has none yet, from three answers: its name, what people come for, how many counters.

Everything else has a default; the file shows the keys that most offices change next. Called by `aufruf new`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase
from unicodedata import normalize

from config.advice import LOOK_ALIKE, SOUND_ALIKE

MOST_COUNTERS = 200
LONGEST_ID = 40
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
HEARD_ELSE = "C"
"""People hear "zehn"."""
MONDAY_TO_FRIDAY = ("mon", "tue", "wed", "thu", "fri")


class NoLetter(ValueError):
    """More services than letters that are heard apart; each further one needs two letters, which its office must choose."""


def drafted(name: str, services: Sequence[str], counters: int) -> str:
    """The file as text. Raises NoLetter. Names may be any text; ids are made from them."""
    ids = list(_different(_id(service) or "anliegen" for service in services))
    letters = _letters(services)
    parts = [
        "#:schema ./office.schema.json",
        "# Jede Tabelle und jeder Schlüssel stehen in docs/office-file.md. Für den Editor: aufruf schema > office.schema.json",
        "",
        "[office]",
        f"id = {_text(_id(name) or 'amt')}",
        f"name = {_text(name)}",
        "revision = 1                  # bei jeder Änderung um eins erhöhen, sonst wird sie nicht übernommen",
        'languages = ["de"]            # weitere: ["de", "en", "tr", ...], dann auch bei jedem Namen',
        "",
        "[hours]",
        *(f'{day} = ["08:00-18:00"]' for day in MONDAY_TO_FRIDAY),
        "",
        "# An den Feiertagen des Landes geschlossen:",
        "# [holidays]",
        '# state = "DE-BW"',
    ]
    for id, service, letter in zip(ids, services, letters, strict=True):
        parts += ["", "[[services]]", f"id = {_text(id)}", f"letter = {_text(letter)}"]
        parts += [f"names = {{ de = {_text(service)} }}", "minutes = 10                  # so lange dauert es ungefähr"]
    for number in range(1, counters + 1):
        parts += ["", "[[counters]]", f'id = "{number}"', f'label = "Schalter {number}"']
    return "\n".join([*parts, ""])


def _letters(services: Sequence[str]) -> list[str]:
    """For each service a letter that is heard apart from the others: its own first one if possible."""
    found: list[str] = []
    for service in services:
        own = [sign for sign in normalize("NFD", service).upper() if sign in ascii_uppercase]
        letter = next((one for one in (*own, *ascii_uppercase) if _fits(one, found)), None)
        if letter is None:
            raise NoLetter(f"there are letters for {len(found)} services that are heard apart, not for {len(services)}")
        found.append(letter)
    return found


def _fits(letter: str, taken: Sequence[str]) -> bool:
    alike = next((group for group in SOUND_ALIKE if letter in group), frozenset(letter))
    return letter not in (*LOOK_ALIKE, HEARD_ELSE) and not alike & {*taken}


def _id(name: str) -> str:
    """Small letters, digits and hyphens: it stands in addresses."""
    plain = normalize("NFKD", name.lower().translate(UMLAUTS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_ID].strip("-")


def _different(ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for id in ids:
        number = 2
        while (one := id if id not in seen else f"{id}-{number}") in seen:
            number += 1
        seen.add(one)
        yield one


def _text(value: str) -> str:
    """A TOML string; JSON's escapes are among TOML's."""
    return json.dumps(value, ensure_ascii=False)
