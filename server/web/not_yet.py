"""Pages that the contract names but this release does not have. They say so, and where the work is done instead. For the app."""

from server.web.refused import RefusedRequest, refuse

PAGES = {
    "/draw/": "tickets are drawn at the kiosk",
}
"""By the beginning of their path: what there is instead. For people, `start-problem-not-yet-<first word of the path>` says it."""


def refused(path: str) -> RefusedRequest:
    """The refusal for a path that has no route."""
    for beginning, instead in PAGES.items():
        door = beginning.strip("/")
        if path.strip("/").split("/")[0] == door:
            return refuse("unknown_route", f"this page is not part of this release: {instead}", not_yet=door)
    return refuse("unknown_route", "there is nothing here")
