"""An appointment by its link: the page that shows it, moves it and cancels it, its calendar file, its code as a picture, and the
same for programs. Whoever has the link has the right; nobody has a name here."""

import io
from collections.abc import Callable
from functools import partial
from secrets import token_urlsafe
from typing import Any

import segno
from starlette.responses import RedirectResponse, Response

from server.messages.calendar_file import calendar_file, uid
from server.messages.commands import AnyCommand
from server.messages.facts import Appointment
from server.messages.instants import rfc3339
from server.messages.slots import BookedVisit
from server.office.boards import Visitors, minutes_of
from server.web import reading
from server.web.answers import done_members
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.languages import page_language, with_words
from server.web.palette import worn_by
from server.web.pressing import CODES, pressed
from server.web.problems import wants_page
from server.web.reading import When
from server.web.refused import RefusedRequest, invalid, refuse
from server.web.routes.sign_in import form_of, key_of, text_of
from server.web.slot_days import DayPages, key_for, slot_days, when
from server.web.slot_list import first_free
from server.web.templates import Templates
from server.web.way import Open, Query, Way

PATH = "/a/{secret}"
API = "/api/v1/appointments/{secret}"
COMMANDS = frozenset({"move_appointment", "cancel_appointment"})
"""What an appointment's link may send."""
DONE = {
    "book": ("book-done",),
    "mail": ("book-done", "book-mail-sent"),
    "no_mail": ("book-done", "book-mail-failed"),
    "move_appointment": ("book-moved",),
}
"""What a page says was done before it, by `did` of its address."""
KEPT_NOWHERE = "private, no-store"


def kept(ask: Ask) -> Appointment:
    """The appointment; 410 for a genuine link of one that is over or cancelled."""
    ask.site.limits.read(ask.actor, ask.address)
    found = ready(ask.desk).state.appointments.get(ask.values["ticket"])
    if found is None:
        raise refuse("link_expired", "this appointment is over or cancelled")
    return found


def _changeable(ask: Ask, one: Appointment) -> bool:
    return one.ticket is None and not one.missed and one.start > ask.desk.now()


async def told(ask: Ask) -> Response:
    """`GET /api/v1/appointments/{secret}`."""
    return json(shown(ask, kept(ask)))


def shown(ask: Ask, one: Appointment) -> BookedVisit:
    """An appointment as programs see it."""
    return BookedVisit(
        id=one.id,
        office=ask.office,
        code=one.code,
        secret=ask.site.access.links.appointment_secret(ask.office, one.id),
        start=rfc3339(one.start),
        minutes=minutes_of(ask.desk.state, Visitors(one.services, one.persons)),
        services=one.services,
        persons=one.persons,
        language=one.language,
        reference=one.reference,
        may=tuple(sorted(COMMANDS)) if _changeable(ask, one) else (),
    )


async def press(ask: Ask) -> Response:
    """`POST /api/v1/appointments/{secret}/commands`; `appointment` may be left out."""
    with ask.site.limits.press(ask.actor):
        raw = await reading.json_body(ask.request)
        key, at = reading.key(ask.request), reading.when(ask.request)
        command = _holders(reading.read(raw, dict[str, Any]), ask.values["ticket"])
        try:
            done = await pressed(ask.site, ask.desk, ask.actor, command, key, at)
        except RefusedRequest as refused:
            raise _over(refused) from None
    return json(done_members(ask.desk, done))


def _over(refused: RefusedRequest) -> RefusedRequest:
    gone = refused.refusal.code == "unknown_appointment"
    return refuse("link_expired", "this appointment is over or cancelled") if gone else refused


def _holders(fields: dict[str, Any], appointment: str) -> AnyCommand:
    """A command of the link's holder: one of two kinds, about their own appointment."""
    kind = fields.get("type")
    if not isinstance(kind, str):
        raise invalid("type", "which command it is")
    command = reading.converted({"appointment": appointment, **fields} if kind in COMMANDS else fields)
    if kind not in COMMANDS:
        raise refuse("not_allowed", f"an appointment's link may not {kind}")
    return command


async def code(ask: Ask) -> Response:
    """`GET /a/{secret}/code.svg`: what the kiosk reads at the check-in."""
    drawn = io.BytesIO()
    segno.make(kept(ask).code, error="m", micro=False).save(drawn, kind="svg", scale=8, border=4, light="#fff")
    return Response(drawn.getvalue(), headers={"cache-control": KEPT_NOWHERE}, media_type="image/svg+xml")


async def calendar(ask: Ask) -> Response:
    """`GET /a/{secret}/calendar.ics`."""
    one, state = kept(ask), ask.desk.state
    language = _language(ask, one)
    names = [_name(ask, service, language) for service in one.services]
    public = ask.site.settings.public_url
    address = f"{public}/a/{ask.values['secret']}" if public else None
    text = ask.site.say(language, "book-code-is", code=one.code)
    made = calendar_file(
        uid(ask.office, one.id),
        one.moved,
        ask.desk.now(),
        one.start,
        minutes_of(state, Visitors(one.services, one.persons)),
        summary=f"{state.office.name}: {', '.join(names)}",
        place=state.office.name,
        text=f"{text}\n{address}" if address else text,
        address=address,
    )
    headers = {"cache-control": KEPT_NOWHERE, "content-disposition": 'attachment; filename="appointment.ics"'}
    return Response(made, headers=headers, media_type="text/calendar")


def _name(ask: Ask, service: str, language: str) -> str:
    plan = ask.desk.state.plans.get(service)
    names = plan.names if plan is not None else {}
    return next((names[name] for name in (language, *ask.desk.state.office.languages) if name in names), service)


def _language(ask: Ask, one: Appointment | None) -> str:
    """The one that was chosen, else that of the booking, else one that the browser wishes."""
    known = ask.site.languages
    if ask.request.query_params.get("lang") not in known and one is not None and one.language in known:
        return str(one.language)
    return page_language(ask.request, with_words((*ask.desk.state.office.languages, *known), known))


class AppointmentPage:
    """The page `/a/{secret}`. Made per app. `version()`: of the files that it loads."""

    def __init__(self, templates: Templates, version: Callable[[], str]) -> None:
        self._templates, self._version, self._days = templates, version, DayPages(templates)

    def ways(self) -> tuple[Way, ...]:
        codes = ("link_expired", "starting", "too_many")
        move = Query("move", "1: shows the free slots to which it can be moved", True)
        release = Query("release", "1: asks for nothing but the press that cancels it", True)
        return (
            Way("GET", PATH, self.page, Open.LINK, "An appointment", codes=codes, page=True, citizens=True,
                query=(move, release)),
            Way(
                "POST", PATH, self.act, Open.LINK,
                "Moves or cancels it, as a form: `act` is move_appointment (with `start`) or cancel_appointment, with a `key`",
                codes=("link_expired", "not_allowed", "slot_taken", "slot_invalid", "too_late_to_change", *CODES),
                page=True, citizens=True,
            ),
        )  # fmt: skip

    async def page(self, ask: Ask) -> Response:
        ask.site.limits.read(ask.actor, ask.address)
        one = ready(ask.desk).state.appointments.get(ask.values["ticket"])
        if one is None:
            if not wants_page(ask.request):
                raise refuse("link_expired", "this appointment is over or cancelled")
            cancelled = ask.request.query_params.get("did") == "cancel_appointment"
            return self._drawn(ask, "over", None, status=200 if cancelled else 410, cancelled=cancelled)
        if ask.request.query_params.get("move") == "1" and _changeable(ask, one):
            return await self._slots(ask, one)
        if ask.request.query_params.get("release") == "1" and _changeable(ask, one):
            say = partial(ask.site.say, _language(ask, one))
            return self._drawn(ask, "release", one, one=one, when=when(one.start, say, ask.desk.state.office.time_zone))
        return self._shown(ask, one)

    async def act(self, ask: Ask) -> Response:
        """The result is a page: the appointment as it is now, or the slots that are free instead."""
        one, form = kept(ask), await form_of(ask)
        kind, key = text_of(form, "act", 32), key_of(form)
        if kind not in COMMANDS:
            raise refuse("not_allowed", "this form does not do that")
        fields = {"type": kind}
        if kind == "move_appointment":
            fields["start"] = text_of(form, "start", 40)
            key = key_for(key, fields["start"])
        try:
            with ask.site.limits.press(ask.actor):
                await pressed(ask.site, ask.desk, ask.actor, _holders(fields, one.id), key, When(None, None))
        except RefusedRequest as refused:
            if not wants_page(ask.request):
                raise _over(refused) from None
            if refused.refusal.code in ("slot_taken", "slot_invalid"):
                return await self._slots(ask, one, taken=True)
            if refused.refusal.code == "too_late_to_change":
                return self._shown(ask, one, 409, "problem-too-late-to-change")
            raise
        here = f"{ask.request.url.path}?lang={_language(ask, one)}&did={kind}"
        return RedirectResponse(here, 303, {"cache-control": "no-store"})

    def _shown(self, ask: Ask, one: Appointment, status: int = 200, problem: str | None = None) -> Response:
        state, say = ask.desk.state, partial(ask.site.say, _language(ask, one))
        here = one.ticket if one.ticket in state.tickets else None
        done = DONE.get(ask.request.query_params.get("did", ""), ())
        return self._drawn(
            ask,
            "appointment",
            one,
            status=status,
            one=one,
            when=when(one.start, say, state.office.time_zone),
            minutes=minutes_of(state, Visitors(one.services, one.persons)),
            plans=[state.plans[name] for name in one.services if name in state.plans],
            changeable=_changeable(ask, one),
            number=state.tickets[here].number if here else None,
            ticket=ask.site.access.links.secret(ask.office, here) if here else None,
            done=done,
            problem=problem,
        )

    async def _slots(self, ask: Ask, one: Appointment, *, taken: bool = False) -> Response:
        state, say = ask.desk.state, partial(ask.site.say, _language(ask, one))
        found = await first_free(ask, Visitors(one.services, one.persons, one.public), None)
        return self._drawn(
            ask,
            "move",
            one,
            status=409 if taken else 200,
            when=when(one.start, say, state.office.time_zone),
            days=self._days.drawn(slot_days(found, say, state.office.time_zone), _language(ask, one)),
            problem="book-taken" if taken else None,
        )

    def _drawn(self, ask: Ask, name: str, one: Appointment | None, /, *, status: int = 200, **values: Any) -> Response:
        office, language = ask.desk.state.office, _language(ask, one)
        return self._templates.page(
            f"booking/{name}.html",
            language,
            status,
            self._version(),
            office=ask.office,
            name=office.name,
            spoken=office.languages,
            languages=with_words((*office.languages, language), ask.site.languages),
            named={plan.id: plan for plan in office.services},
            query={"move": "&move=1", "release": "&release=1"}.get(name, ""),
            secret=ask.values["secret"],
            key=token_urlsafe(12),
            **worn_by(office),
            **values,
        )


WAYS = (
    Way(
        "GET",
        API,
        told,
        Open.LINK,
        "An appointment",
        result=schemas.APPOINTMENT,
        codes=("link_expired", "starting", "too_many"),
        citizens=True,
    ),
    Way(
        "POST",
        API + "/commands",
        press,
        Open.LINK,
        "move_appointment, cancel_appointment",
        body=AnyCommand,
        result=schemas.DONE,
        codes=("link_expired", "not_allowed", "slot_taken", "slot_invalid", "too_late_to_change", *CODES),
        citizens=True,
        keyed=True,
    ),
    Way(
        "GET",
        PATH + "/code.svg",
        code,
        Open.LINK,
        "The code of the check-in as a QR code",
        result=schemas.BYTES,
        codes=("link_expired", "starting", "too_many"),
        citizens=True,
    ),
    Way(
        "GET",
        PATH + "/calendar.ics",
        calendar,
        Open.LINK,
        "The appointment for a calendar (iCalendar)",
        result=schemas.BYTES,
        codes=("link_expired", "starting", "too_many"),
        citizens=True,
    ),
)
