"""The board of a device that waits to be paired. Nobody else is shown it: its address is a secret that only the device has."""

from server.messages.boards.part import Part
from server.messages.terms import PairedKind


class Pairing(Part):
    """`code`: what the device shows, until `expires`. Once a supervisor has typed it: `office`, `kind` and `id` of the device,
    and what it is called; then the device collects its token."""

    code: str
    expires: str
    office: str | None = None
    kind: PairedKind | None = None
    id: str | None = None
    name: str | None = None
