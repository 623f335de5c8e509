"""`/admin/devices`: every paired device of the offices, renamed, moved, sent away, asked to load its page or show its name."""

from typing import Any

from starlette.responses import Response

from server.access.tokens import Token
from server.web.admin import ADMIN, done, framed, offices_of, said_done
from server.web.ask import Ask
from server.web.refused import invalid
from server.web.routes import devices
from server.web.routes.sign_in import form_of, text_of
from server.web.templates import Templates
from server.web.way import Way

ACTS = ("rename", "move", "away", "reload", "identify")
LONGEST_NAME = 60


class AdminDevices:
    """The page `/admin/devices`. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        return (
            Way("GET", "/admin/devices", self.page, ADMIN, "The paired devices of all offices", page=True),
            Way(
                "POST",
                "/admin/devices/{office}/{id}",
                self.change,
                ADMIN,
                "Rename a device, move it, send it away, let it load its page again",
                codes=("origin_refused", "malformed", "invalid", "too_large", "unknown_device", "starting"),
                page=True,
            ),
        )

    async def page(self, ask: Ask) -> Response:
        """Of offices that this node serves: only it knows what their files name."""
        offices = [
            {"id": id, "name": name, "devices": [self._device(ask, id, token) for token in await _tokens(ask, id)]}
            for id, name in (await offices_of(ask)).items()
            if id in ask.site.desks
        ]
        told = said_done(ask, ACTS)
        return framed(self._templates, ask, "devices", "devices", offices=offices, done=told)

    def _device(self, ask: Ask, office: str, token: Token) -> dict[str, Any]:
        kind, id = token.role, token.device or ""
        seen = ask.site.hub.reports.seen(office).get(f"{kind}:{id}", {}).get("at")
        titles = devices.titles(ask.site.desks[office].state.office, kind)
        return {"kind": kind, "id": id, "name": token.name, "seen": seen or token.used_at, "titles": titles}

    async def change(self, ask: Ask) -> Response:
        form = await form_of(ask)
        act = form.get("do")
        match act:
            case "rename":
                await devices.apply(ask, name=text_of(form, "name", LONGEST_NAME))
            case "move":
                await devices.apply(ask, to=text_of(form, "to", 64))
            case "away":
                await devices.send_away(ask)
            case "reload":
                await devices.reload(ask)
            case "identify":
                await devices.identify(ask)
            case _:
                raise invalid("do", f"one of {', '.join(ACTS)}")
        return done("/admin/devices", str(act))


async def _tokens(ask: Ask, office: str) -> list[Token]:
    return await ask.site.access.device_tokens.of(office)
