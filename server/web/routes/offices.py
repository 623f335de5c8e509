"""What anybody may know about offices: names, services, hours, and how full they are. Nothing about people or devices."""

import io
from typing import Any, NamedTuple

import segno
from msgspec import to_builtins
from starlette.responses import Response

from server.desk.desk import Desk
from server.messages import boards
from server.messages.actor import SYSTEM
from server.messages.instants import rfc3339
from server.messages.office import ServicePlan
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.refused import refuse
from server.web.way import NOW, OFFICE, Open, Way

KEPT_S = 1.0
"""Seconds. Web sites of cities ask for the waits, so they are computed at most once a second for each office."""


class Cached(NamedTuple):
    """`until`: by the monotonic clock, s."""

    until: float
    waits: dict[str, Any]


class Offices:
    """The three public routes. Made per app: it remembers the waits of the last second."""

    def __init__(self) -> None:
        self._kept: dict[str, Cached] = {}

    def ways(self) -> tuple[Way, ...]:
        return (
            Way(
                "GET",
                "/api/v1/offices",
                self.all,
                Open.ALL,
                "The offices of this server",
                result=schemas.OFFICES,
                codes=("too_many",),
            ),
            Way(
                "GET",
                OFFICE,
                self.one,
                Open.ALL,
                "An office's services, languages, hours",
                result=schemas.OBJECT,
                codes=("starting", "too_many"),
                headers=(NOW,),
            ),
            Way(
                "GET",
                OFFICE + "/waits",
                self.waits,
                Open.ALL,
                "How full it is, per service",
                result=schemas.WAITS,
                codes=("starting", "too_many"),
                citizens=True,
                cors=True,
            ),
            Way(
                "GET",
                "/online/{office}/{service}.svg",
                self.at_home,
                Open.ALL,
                "Where a service can be done from home, as a QR code",
                result=schemas.BYTES,
                codes=("unknown_service", "starting", "too_many"),
            ),
        )

    async def all(self, ask: Ask) -> Response:
        """`[{id, name, open}]`."""
        found = [
            {"id": id, "name": desk.state.office.name, "open": is_open(await self._waits(ask, id))}
            for id, desk in ask.site.desks.items()
        ]
        return json(found)

    async def one(self, ask: Ask) -> Response:
        """Services with names per language, languages, opening hours, open now."""
        desk = ready(ask.desk)
        office, waits = desk.state.office, await self._waits(ask, ask.office)
        open_services = {one["id"] for one in waits["services"] if one["open"]}
        return json(
            {
                "id": office.id,
                "name": office.name,
                "time_zone": office.time_zone,
                "languages": office.languages,
                "open": bool(open_services),
                "day": desk.state.day,
                "hours": to_builtins(office.hours),
                "holidays": sorted({*office.holidays, *office.public_holidays}),
                "services": [_service(one, one.id in open_services) for one in _public(desk)],
            },
            headers={"aufruf-at": rfc3339(desk.now())},
        )

    async def waits(self, ask: Ask) -> Response:
        """`{at, services: [{id, name, open, waiting, expected, expected_reason, reachable_today, by_features}]}`."""
        ready(ask.desk)
        return json(await self._waits(ask, ask.office))

    async def at_home(self, ask: Ask) -> Response:
        """`GET /online/{office}/{service}.svg`, for the kiosk's screen."""
        plans = ready(ask.desk).state.plans
        plan = plans.get(ask.values["service"])
        if plan is None or plan.online_url is None:
            raise refuse("unknown_service", "there is no such service that can be done from home")
        drawn = io.BytesIO()
        segno.make(plan.online_url, error="m").save(drawn, kind="svg", scale=8, border=4, light="#fff")
        return Response(drawn.getvalue(), headers={"cache-control": "no-cache"}, media_type="image/svg+xml")

    async def _waits(self, ask: Ask, office: str) -> dict[str, Any]:
        now = ask.site.clock.monotonic()
        known = self._kept.get(office)
        if known is None or now >= known.until:
            known = self._kept[office] = Cached(now + KEPT_S, _waits(ask, office))
        return known.waits


def is_open(waits: dict[str, Any]) -> bool:
    return any(one["open"] for one in waits["services"])


def _waits(ask: Ask, office: str) -> dict[str, Any]:
    desk = ask.site.desks[office]
    board = ask.site.hub.board(office, "desk", "", SYSTEM)
    known = {one.id: one for one in board.services} if isinstance(board, boards.Desk) else {}
    listed = [_wait(desk, service, known.get(service.id)) for service in _public(desk)]
    return {"at": rfc3339(desk.now()), "services": listed}


def _wait(desk: Desk, service: ServicePlan, now: boards.KioskService | None) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": _name(desk, service),
        "names": service.names,
        "open": now is not None and now.open,
        "waiting": 0 if now is None else now.waiting,
        "expected": None if now is None else to_builtins(now.expected),
        "expected_reason": None if now is None else now.expected_reason,
        "reachable_today": None if now is None else now.reachable_today,
        "by_features": [] if now is None else to_builtins(now.by_features),
    }


def _public(desk: Desk) -> list[ServicePlan]:
    return [one for one in desk.state.office.services if not one.back_office and not one.retired]


def _service(service: ServicePlan, open: bool) -> dict[str, Any]:
    return {
        "id": service.id,
        "letter": service.letter,
        "names": service.names,
        "hints": service.hints,
        "papers": service.papers,
        "minutes": service.minutes,
        "online_url": service.online_url,
        "bookable": service.bookable,
        "hours": None if service.hours is None else to_builtins(service.hours),
        "open": open,
    }


def _name(desk: Desk, service: ServicePlan) -> str:
    languages = desk.state.office.languages
    return next((service.names[name] for name in languages if name in service.names), service.letter)
