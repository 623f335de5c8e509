"""Pairing a device: its page `/pair`, its code, the supervisor who types it, and the token that it collects with its claim."""

from msgspec import Struct
from starlette.responses import RedirectResponse, Response

from server.access.pairings import LETTERS, PairedAs
from server.access.tokens import Token
from server.messages.boards import Pairing
from server.messages.instants import rfc3339
from server.messages.names import typed_code
from server.messages.rights import DEVICES_KEPT
from server.messages.terms import DeviceName, Id, PairedKind
from server.web import reading
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.door import PAGED, check_origin
from server.web.refused import invalid, refuse, too_many
from server.web.routes.devices import KINDS, known_device
from server.web.routes.sign_in import form_of, secure, text_of
from server.web.site import Site
from server.web.templates import Templates
from server.web.way import OFFICE, Open, Way, page


class Wish(Struct, forbid_unknown_fields=True):
    """What the device can be: the browser of a screen is no printer. None named: anything."""

    kinds: tuple[PairedKind, ...] = KINDS


class PairingOpened(Struct):
    """What a device shows, and the secret with which it asks what came of it."""

    code: str
    expires: str
    claim: str


class Chosen(Struct, forbid_unknown_fields=True):
    """Which device shows this code, and what it shall be called."""

    kind: PairedKind
    id: Id
    name: DeviceName = ""


class Claim(Struct, forbid_unknown_fields=True):
    """The secret of a device that waits."""

    claim: str


class PairingPages:
    """The page of a device that waits. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        return (
            page("/pair", self.page, "A new screen shows its code for pairing", strangers=True),
            Way(
                "POST",
                "/pair",
                self.collect,
                Open.ALL,
                "A paired screen collects its token, and goes to its page",
                codes=("origin_refused", "unknown_code", "malformed", "invalid", "too_large", "too_many"),
                page=True,
            ),
        )

    async def page(self, ask: Ask) -> Response:
        """A screen that is paired goes to its own page, so it can start with this address every morning."""
        asker = ask.asker if ask.by_cookie else None
        if asker is not None and asker.device is not None and asker.highest in PAGED and len(asker.offices) == 1:
            return _go_to(asker.highest, asker.offices[0], asker.device)
        return self._templates.page("displays/pair.html", ask.language, path="/pair")

    async def collect(self, ask: Ask) -> Response:
        check_origin(ask)
        form = await form_of(ask)
        _, token, place = await collected(ask, text_of(form, "claim", 200))
        sessions = ask.site.access.sessions
        answer = _go_to(place.kind, place.office, place.id)
        answer.set_cookie(**sessions.cookie("device", sessions.begin_device(token), secure=secure(ask)))
        return answer


def _go_to(kind: str, office: str, id: str) -> Response:
    return RedirectResponse(f"/{kind}/{office}/{id}", 303, {"cache-control": "no-store"})


async def open_pairing(ask: Ask) -> Response:
    """`POST /api/v1/pairings`: a code to show, and the claim with which only this device learns what came of it."""
    ask.site.limits.pairing(ask.address)
    said = await reading.body(ask.request)
    wish = reading.read(said, Wish) if said else Wish()
    if not wish.kinds:
        raise invalid("kinds", "name at least one")
    made = await ask.site.pairings.open(tuple(dict.fromkeys(wish.kinds)))
    return json(PairingOpened(code=made.code, expires=rfc3339(made.expires_at), claim=made.claim))


async def pair(ask: Ask) -> Response:
    """`POST .../pairings/{code}`: a supervisor says which device of their office shows this code."""
    chosen = reading.read(await reading.json_body(ask.request), Chosen)
    code, who = typed_code(ask.values["code"]), ask.actor.principal
    known_device(ready(ask.desk).state.office, chosen.kind, chosen.id)
    if wait := ask.site.limits.wrong_pairings.wait(who):
        raise too_many(wait, "too many codes that no device shows")
    kinds = await ask.site.pairings.kinds(code) if set(code) <= set(LETTERS) else None
    if kinds is None:
        raise refuse("unknown_code", "no device shows this code")
    ask.site.limits.wrong_pairings.give_back(who)
    if chosen.kind not in kinds:
        raise invalid("kind", f"the device with this code can be: {', '.join(kinds)}")
    place = PairedAs(office=ask.office, kind=chosen.kind, id=chosen.id, name=chosen.name.strip())
    if not await ask.site.pairings.pair(code, place):
        raise refuse("unknown_code", "somebody else typed this code a moment ago")
    if ask.asker is not None:
        device = f"{chosen.kind}:{chosen.id}"
        await ask.site.access.audit.note(ask.asker.id, "device_paired", ask.office, device=device, name=place.name)
    return json({"kind": chosen.kind, "id": chosen.id, "name": place.name})


async def collect_token(ask: Ask) -> Response:
    """`POST /api/v1/pairings/token`: a program that was paired gets its token, once."""
    said = reading.read(await reading.json_body(ask.request), Claim)
    secret, token, place = await collected(ask, said.claim)
    return json(schemas.DeviceToken(token=secret, role=token.role, office=place.office, for_=place.id))


async def collected(ask: Ask, claim: str) -> tuple[str, Token, PairedAs]:
    found = await ask.site.pairings.collect(claim)
    if found is None:
        ask.site.limits.guessed(ask.address)
        raise refuse("unknown_code", "no device waits with this claim, or it was not paired yet")
    return found


async def board_of(site: Site, claim: str) -> Pairing | None:
    """The board `pairing`; None if there is no such claim, or if its token was collected."""
    told = await site.pairings.told(claim)
    if told is None:
        return None
    place = told.place
    return Pairing(
        code=told.code,
        expires=rfc3339(told.expires_at),
        office=place.office if place else None,
        kind=place.kind if place else None,
        id=place.id if place else None,
        name=place.name if place else None,
    )


WAYS = (
    Way(
        "POST",
        "/api/v1/pairings",
        open_pairing,
        Open.ALL,
        "A code for pairing this device",
        body=Wish,
        result=PairingOpened,
        codes=("too_many", "malformed", "invalid", "too_large"),
    ),
    Way(
        "POST",
        "/api/v1/pairings/token",
        collect_token,
        Open.ALL,
        "The token of a device that was paired, once",
        body=Claim,
        result=schemas.DEVICE_TOKEN,
        codes=("unknown_code", "too_many", "malformed", "not_json", "invalid", "too_large"),
    ),
    Way(
        "POST",
        OFFICE + "/pairings/{code}",
        pair,
        DEVICES_KEPT,
        "Which device of this office shows this code",
        body=Chosen,
        result=schemas.OBJECT,
        codes=(
            "unknown_code",
            "unknown_device",
            "too_many",
            "malformed",
            "not_json",
            "invalid",
            "too_large",
            "starting",
        ),
    ),
)
