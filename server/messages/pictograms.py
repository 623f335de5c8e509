"""The pictograms that an office file may name beside a service, for whoever reads none of the languages.

They are pictures of Tabler (MIT) under its own names: `server/web/static/pictograms/` has them for pages, a font of
`ticket_printer` for paper. A new one is a name here; then `scripts/take_pictograms` takes all of them again.
"""

from typing import Literal, get_args

Pictogram = Literal[
    "baby-carriage", "backpack", "barrier-block", "bike", "book", "briefcase", "building-bank", "building-community",
    "building-store", "calendar", "camera", "car", "cash", "certificate", "checkbox", "coins", "crane", "dog",
    "e-passport", "file-certificate", "file-text", "first-aid-kit", "fish", "forms", "gavel", "grave-2",
    "heart-handshake", "hearts", "help-circle", "home", "home-move", "id", "info-circle", "key", "language",
    "license", "mail", "map-pin", "motorbike", "package", "parking-circle", "phone", "plane", "receipt-tax",
    "rubber-stamp", "scale", "school", "shield", "steering-wheel", "tent", "tools", "trash", "tree", "truck",
    "user-plus", "users", "wheelchair", "world", "writing-sign",
]  # fmt: skip

PICTOGRAMS: tuple[Pictogram, ...] = get_args(Pictogram)
