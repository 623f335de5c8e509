"""How loud calls are in a zone, by its schedule in the office file: quiet hours, and hours with a volume of their own. Pure."""

from collections.abc import Iterator

from server.messages.office import Office, Zone
from server.office import hours

FULL = 100


def quiet_until(office: Office, zone: str, now: int) -> int | None:
    """The end of the quiet hours in which calls are seen only; None outside of them."""
    plan = _zone(office, zone)
    return None if plan is None else hours.end_of_span(office, plan.quiet, now)


def volume(office: Office, zone: str, now: int) -> int:
    """Percent of full amplitude. Where two plans hold at once, the quieter one does."""
    plan = _zone(office, zone)
    rows = () if plan is None else plan.volume.items()
    return min((int(name) for name, when in rows if hours.end_of_span(office, when, now) is not None), default=FULL)


def changes_at(office: Office, now: int) -> Iterator[int]:
    """The next beginning or end of each plan."""
    for zone in office.zones:
        for plan in (zone.quiet, *zone.volume.values()):
            if plan is not None and (at := hours.next_edge(office, plan, now)) is not None:
                yield at


def _zone(office: Office, name: str) -> Zone | None:
    return next((zone for zone in office.zones if zone.id == name), None)
