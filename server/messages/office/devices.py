"""The devices of an office that citizens stand before, and how they look: displays, kiosks, printers, colours, pictures."""

from typing import Literal

from msgspec import field

from server.messages.office.hours import Hours
from server.messages.office.table import Table, Texts
from server.messages.terms import PrinterKind


class Display(Table):
    """A wall display; it hangs in the first of its zones. `diagonal` in inches, `aspect` as in "16:9"; `distance` of the farthest
    seat in metres; `lines`: the most calls it shows at once. `wakes`, `sleeps`: when its panel is lit, besides for calls.
    `counter`: it hangs over this one and shows it alone; then it has no zones. `continues`: it hangs beside this display and
    shows the lines after its last one. `door_code`: it shows the code with which people draw a ticket on their own phones."""

    id: str
    name: str
    zones: tuple[str, ...]
    public: bool = False
    languages: tuple[str, ...] = ()
    lines: int = 6
    diagonal: float = 55.0
    distance: float = 5.0
    aspect: str = "16:9"
    wakes: str | None = None
    sleeps: str | None = None
    counter: str | None = None
    continues: str | None = None
    door_code: bool = False


class Kiosk(Table):
    """Where people take tickets. Empty `services` means all; without `printer` its screen shows number and QR code."""

    id: str
    name: str
    printer: str | None = None
    services: tuple[str, ...] = ()


class Printer(Table):
    """A ticket printer. `address`: as its kind needs it; `one_way`: it never answers a status question; `large_print`: everything
    that is read on its tickets is half as large again. `spare`: the printer beside it, for tickets that it cannot print."""

    id: str
    name: str
    address: str = ""
    kind: PrinterKind = "escpos"
    width_mm: int = 80
    one_way: bool = False
    large_print: bool = False
    spare: str | None = None


class Colours(Table):
    """An office's own colours, "#rrggbb", by the names of `tokens.css`."""

    ground: str | None = None
    card: str | None = None
    sunken: str | None = None
    ink: str | None = None
    ink_soft: str | None = None
    line: str | None = None
    edge: str | None = None
    act: str | None = None
    act_ink: str | None = None
    act_soft: str | None = None
    slip: str | None = None
    slip_ink: str | None = None
    slip_soft: str | None = None
    focus: str | None = None


class Theme(Table):
    """How what citizens see is coloured. `walls`: whether wall displays are dark (`night`) or light (`paper`). Kiosks are light,
    phones as they ask for.

    `logo`: a file beside the office file, shown at the top of walls, on `logo_ground` ("#rrggbb") if that is given. `logo_text`:
    what it says, for whoever cannot see it; without it the logo is an ornament. `ticket_logo`: a picture in black and white, for
    the top of tickets."""

    walls: Literal["night", "paper"] = "night"
    logo: str | None = None
    logo_text: Texts = {}
    logo_ground: str | None = None
    ticket_logo: str | None = None
    night: Colours = field(default_factory=Colours)
    paper: Colours = field(default_factory=Colours)


class Media(Table):
    """Pictures and silent videos that walls show while nobody is called. `folder`: beside the office file. `text`: what they
    show, for whoever cannot see it. Without `displays`: on every wall; without `hours`: always. `seconds`: how long a picture
    stays."""

    id: str
    folder: str
    text: Texts = {}
    displays: tuple[str, ...] = ()
    seconds: int = 12
    hours: Hours | None = None
