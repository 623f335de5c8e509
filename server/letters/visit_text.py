"""What a citizen reads about an appointment, in their language: subject, plain text, HTML and calendar file. Pure.

The HTML loads nothing, so that nobody learns who has read it; it says the same as the plain text.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from html import escape
from typing import TypeVar
from zoneinfo import ZoneInfo

from server.letters.outbox import What
from server.letters.text import InWords
from server.letters.visits import VisitFact
from server.messages.calendar_file import Between, Method, calendar_file, uid
from server.messages.office import Office
from server.messages.value import Value

HEADS: Mapping[What, str] = {
    "booked": "book-done",
    "moved": "book-moved",
    "cancelled": "book-cancelled",
    "reminder": "mail-reminder",
}
Words = TypeVar("Words", str, tuple[str, ...])
STYLE = "font-family:system-ui,sans-serif;font-size:1.05em;line-height:1.5;max-width:36em;margin:0 auto;padding:1em"
PRESS = "display:inline-block;padding:.7em 1.1em;border:2px solid #1f4e79;border-radius:.5em;color:#1f4e79"


class Visit(Value):
    """What a letter is drawn from. `address`: of the appointment's page; None without a public address. `others`: when further
    appointments of the same mail address are, ms."""

    what: What
    fact: VisitFact
    office: Office
    language: str
    address: str | None
    others: tuple[int, ...] = ()


class Drawn(Value):
    """A letter as it is sent."""

    subject: str
    plain: str
    html: str


def drawn(say: InWords, visit: Visit) -> Drawn:
    """The letter in words."""
    told = partial(say, visit.language)
    head, when = told(HEADS[visit.what]), at(say, visit.language, visit.office, visit.fact.start)
    lines = [line for line in _lines(say, visit, when) if line]
    foot = told("mail-foot", office=visit.office.name)
    links = _links(say, visit)
    plain = "\n\n".join([head, *lines, *(f"{text}:\n{address}" for text, address in links), "-- \n" + foot])
    return Drawn(
        subject=" ".join(f"{told(f'mail-subject-{visit.what}', when=when)} ({visit.office.name})".split()),
        plain=f"{plain}\n",
        html=page_of(visit.language, told("common-language-direction"), head, lines, links, foot),
    )


def calendar(say: InWords, visit: Visit, now: int, between: Between) -> tuple[Method, bytes]:
    """The file that makes a calendar note, change or drop the appointment."""
    method: Method = "CANCEL" if visit.what == "cancelled" else "REQUEST"
    fact, told = visit.fact, partial(say, visit.language)
    text = "\n".join([told("book-code-is", code=fact.code), *(f"{text}: {link}" for text, link in _links(say, visit))])
    return method, calendar_file(
        uid(visit.office.id, fact.appointment),
        fact.sequence,
        now,
        fact.start,
        fact.minutes,
        summary=f"{visit.office.name}: {_services(visit)}",
        place=visit.office.name,
        text=text,
        address=visit.address,
        method=method,
        between=between,
    )


def at(say: InWords, language: str, office: Office, start: int) -> str:
    """Day and time by the office's clock."""
    local = datetime.fromtimestamp(start / 1000, ZoneInfo(office.time_zone))
    return say(language, "book-when", day=local.date(), time=local.strftime("%H:%M"))


def _lines(say: InWords, visit: Visit, when: str) -> list[str]:
    told, fact = partial(say, visit.language), visit.fact
    what = f"{visit.office.name}\n{when}\n{_services(visit)}"
    if visit.what == "cancelled":
        return [what]
    people = f"\n{told('book-people', count=fact.persons)}" if fact.persons > 1 else ""
    also = [told("mail-also", when=at(say, visit.language, visit.office, other)) for other in visit.others]
    return [
        what + people,
        f"{told('book-code-is', code=fact.code)}\n{told('book-code-how')}",
        _papers(say, visit),
        told("mail-release") if visit.what == "reminder" else "",
        *also,
    ]


def _links(say: InWords, visit: Visit) -> list[tuple[str, str]]:
    """What can be pressed. A mail that is only looked at, perhaps by a program, changes nothing: each leads to a page."""
    if visit.address is None or visit.what == "cancelled":
        return []
    told, lang = partial(say, visit.language), f"lang={visit.language}"
    return [
        (told("book-move"), f"{visit.address}?{lang}&move=1"),
        (told("book-cancel"), f"{visit.address}?{lang}&release=1"),
    ]


def _services(visit: Visit) -> str:
    names = {plan.id: _own(visit, plan.names, plan.id) for plan in visit.office.services}
    return ", ".join(names.get(service, service) for service in visit.fact.services)


def _papers(say: InWords, visit: Visit) -> str:
    plans = [plan for plan in visit.office.services if plan.id in visit.fact.services]
    nothing: tuple[str, ...] = ()
    papers = dict.fromkeys(paper for plan in plans for paper in _own(visit, plan.papers, nothing))
    return "\n".join([f"{say(visit.language, 'book-papers')}:", *(f"- {paper}" for paper in papers)]) if papers else ""


def _own(visit: Visit, texts: Mapping[str, Words], nothing: Words) -> Words:
    """A text of the office file, in the reader's language if it has it."""
    wanted = (visit.language, visit.language.split("-")[0], *visit.office.languages)
    return next((texts[name] for name in wanted if texts.get(name)), nothing)


def page_of(language: str, direction: str, head: str, lines: list[str], links: list[tuple[str, str]], foot: str) -> str:
    """The HTML of a letter. It loads nothing."""
    language = escape(language.split("-")[0])
    body = [f"<p>{escape(line).replace(chr(10), '<br>')}</p>" for line in lines]
    body += [f'<p><a href="{escape(link)}" style="{PRESS}">{escape(text)}</a></p>' for text, link in links]
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{escape(direction)}">\n<head><meta charset="utf-8">'
        f'<title>{escape(head)}</title></head>\n<body style="{STYLE}">\n<h1 style="font-size:1.4em">{escape(head)}</h1>\n'
        + "\n".join(body)
        + f'\n<hr>\n<p style="font-size:.9em">{escape(foot)}</p>\n</body>\n</html>\n'
    )
