"""Refusals as answers: RFC 9457 for programs, a page for people. The only place that writes either."""

from typing import Any
from urllib.parse import quote

import structlog
from msgspec.json import encode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.messages.problems import Refusal
from server.web.languages import page_language
from server.web.refused import Elsewhere, RefusedRequest
from server.web.site import Site
from server.web.templates import Templates

MEDIA = "application/problem+json"
FAULT = Refusal(code="fault", detail="Something went wrong here. It has been noted.")
AWAY = Refusal(code="store_unavailable", detail="the database does not answer; try again")

_log = structlog.get_logger("aufruf.web")


def problem(refusal: Refusal, headers: dict[str, str] | None = None) -> Response:
    made = {"cache-control": "no-store", **(headers or {})}
    if refusal.code == "not_signed_in":
        made["www-authenticate"] = "Bearer"
    return Response(encode(refusal.problem()), refusal.status, made, media_type=MEDIA)


class Problems:
    """Answers for what was raised. A browser that wants a page gets one, in its language."""

    def __init__(self, site: Site, templates: Templates) -> None:
        self._site, self._templates = site, templates

    def answer(self, request: Request, fault: Exception) -> Response:
        if isinstance(fault, Elsewhere):
            return RedirectResponse(fault.path, 303, {"cache-control": "no-store"})
        refused = fault if isinstance(fault, RefusedRequest) else RefusedRequest(self._noted(request, fault))
        if not wants_page(request):
            return problem(refused.refusal, refused.headers)
        try:
            return self._page(request, refused)
        except Exception as second:  # an error in the error page must not raise again
            self._noted(request, second)
            return problem(refused.refusal, refused.headers)

    def _noted(self, request: Request, fault: Exception) -> Refusal:
        """Log the route and the error, but never the path, which may contain a secret."""
        route = request.scope.get("aufruf.route", "unknown")
        if isinstance(fault, ConnectionError):  # this is how access and history report that their database is away
            _log.warning("the database is away", route=route, reason=str(fault))
            return AWAY
        _log.error("a request failed", route=route, kind=type(fault).__name__, exc_info=fault)
        return FAULT

    def _page(self, request: Request, refused: RefusedRequest) -> Response:
        """Somebody who is not signed in is sent to the sign-in page, which leads back here."""
        refusal = refused.refusal
        if refusal.code == "not_signed_in" and request.method == "GET":
            return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", 303, {"cache-control": "no-store"})
        detail = refusal.detail if refusal.code == "origin_refused" else None  # for operators
        path = "" if request.method != "GET" else request.url.path
        told: dict[str, Any] = {"code": refusal.code, "detail": detail, "path": path}
        told["sign_in"] = request.url.path.startswith(("/first/", "/password"))
        of_staff = told["sign_in"] or refusal.status == 403
        told["languages"] = self._site.staff_languages if of_staff else self._site.languages
        language = page_language(request, told["languages"])
        page = self._templates.page("problem.html", language, refusal.status, **told)
        page.headers.update(refused.headers)
        return page


def wants_page(request: Request) -> bool:
    """Whether a browser opens this address; scripts and programs that fetch it get JSON."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/api/", "/static/"))
