"""`/admin/tokens`: keys of devices and programs with their last use; revoked here, their sockets close within ten seconds."""

from starlette.responses import Response

from server.access.tokens import Token
from server.web.admin import ADMIN, actor, done, framed, said_done, scope
from server.web.ask import Ask
from server.web.refused import refuse
from server.web.templates import Templates
from server.web.way import Way

MOST_SHOWN = 1_000


class AdminTokens:
    """The page `/admin/tokens`. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        return (
            Way("GET", "/admin/tokens", self.page, ADMIN, "Tokens with their last use", page=True),
            Way(
                "POST",
                "/admin/tokens/{id}",
                self.revoke,
                ADMIN,
                "Revoke a token: its sockets close within ten seconds",
                codes=("origin_refused", "unknown_route"),
                page=True,
            ),
        )

    async def page(self, ask: Ask) -> Response:
        """Only those that still let somebody in; the command line lists the others too."""
        tokens = [token for token in await ask.site.access.tokens.list() if _is_theirs(ask, token)]
        told = said_done(ask, ("revoke",))
        return framed(
            *(self._templates, ask, "tokens", "tokens"), tokens=tokens[:MOST_SHOWN], many=len(tokens), done=told
        )

    async def revoke(self, ask: Ask) -> Response:
        access = ask.site.access
        token = next((one for one in await access.tokens.list() if one.id == ask.values["id"]), None)
        if token is None or not _is_theirs(ask, token) or not await access.tokens.revoke(token.id):
            raise refuse("unknown_route", "there is no such token, or it was revoked already")
        office = token.offices[0] if len(token.offices) == 1 else ""
        await access.audit.note(actor(ask), "token_revoked", office, token=token.id, role=token.role, name=token.name)
        return done("/admin/tokens", "revoke")


def _is_theirs(ask: Ask, token: Token) -> bool:
    return token.good(ask.site.clock.now_ms()) and scope(ask).covers(token.offices)
