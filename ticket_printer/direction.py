"""The direction of text: the part of the Unicode Bidirectional Algorithm (UAX 9) that a ticket needs.

Pillow draws a run in one font only, so mixed lines are cut into runs here and put into visual order. Pure; called by
`typesetting`. Not implemented: explicit embeddings and isolates, for their signs are taken out of every text (`plain`).
"""

import unicodedata

from config.words import direction

_CONTROLS = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that only control direction: tickets have none of their own, and no font draws them."""
_NEUTRAL = {"B", "S", "WS", "ON", "BN"}
MOST_OPEN = 63
"""The most brackets that are open at a time, by BD16."""


def _closing() -> dict[str, str]:
    """Each opening bracket and the one that closes it: the next closing one in Unicode, one or two places further."""
    found = {}
    for code in (0x28, 0x5B, 0x7B, *range(0xF3A, 0xFF64)):
        if unicodedata.category(chr(code)) == "Ps" and unicodedata.mirrored(chr(code)):
            nearest = (chr(code + 1), chr(code + 2))
            found[chr(code)] = next((sign for sign in nearest if unicodedata.category(sign) == "Pe"), chr(code + 1))
    return found


_CLOSING = _closing()


def right_to_left(language: str, text: str) -> bool:
    """Whether a text is read from right to left: as its language's file says; without a file, by its first letter (P2, P3)."""
    written = direction(language)
    if written is not None:
        return written == "rtl"
    letters = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(letters, "L") != "L"


def plain(text: str) -> str:
    """The text without direction controls."""
    return text.translate(_CONTROLS)


def levels(text: str, *, rtl: bool) -> list[int]:
    """One embedding level per character; odd levels run from right to left."""
    base = 1 if rtl else 0
    edge = "R" if rtl else "L"
    written = [unicodedata.bidirectional(c) or "L" for c in text]
    kinds = _weak([*written], edge)
    _brackets(text, written, kinds, edge)
    found = [_level(kind, base) for kind in _neutral(kinds, edge)]
    _spaces(written, found, base)
    return found


def _level(kind: str, base: int) -> int:
    if base == 0:
        return {"L": 0, "R": 1}.get(kind, 2)
    return 1 if kind == "R" else 2


def _spaces(written: list[str], found: list[int], base: int) -> None:
    """L1: separators, and spaces before them and at the end of the line, run as the line does."""
    ends = True
    for i in range(len(written) - 1, -1, -1):
        ends = written[i] in ("B", "S") or (ends and written[i] in ("WS", "BN"))
        if ends:
            found[i] = base


def _weak(kinds: list[str], edge: str) -> list[str]:
    """Rules W1 to W7: marks, numbers, and signs between numbers."""
    strong, before = edge, edge
    for i, kind in enumerate(kinds):
        if kind == "NSM":
            kind = before
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[i] = before = kind
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    _separators(kinds)
    _terminators(kinds)
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]
    strong = edge
    for i, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"
    return kinds


def _separators(kinds: list[str]) -> None:
    """W4: a single separator between two numbers of the same kind belongs to them."""
    for i in range(1, len(kinds) - 1):
        near = kinds[i - 1]
        if kinds[i + 1] == near and (
            (near == "EN" and kinds[i] in ("ES", "CS")) or (near == "AN" and kinds[i] == "CS")
        ):
            kinds[i] = near


def _terminators(kinds: list[str]) -> None:
    """W5: signs like % and € next to a number belong to it."""
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = order.step
        for i in order:
            if kinds[i] == "ET" and kinds[i - step] == "EN":
                kinds[i] = "EN"


def _brackets(text: str, written: list[str], kinds: list[str], edge: str) -> None:
    """N0: a pair of brackets takes the line's direction if text of that direction stands in it, else that of the text before."""
    for start, end in _pairs(text, kinds):
        inside = {_strong(kind) for kind in kinds[start + 1 : end]} - {None}
        if not inside:
            continue
        side = edge
        if edge not in inside:
            before = next((strong for kind in reversed(kinds[:start]) if (strong := _strong(kind))), edge)
            side = before if before in inside else edge
        for place in (start, end):
            kinds[place] = side
            _follow(written, kinds, place, side)


def _follow(written: list[str], kinds: list[str], place: int, side: str) -> None:
    """Marks on a bracket go with it."""
    for i in range(place + 1, len(written)):
        if written[i] not in ("NSM", "BN"):
            return
        if written[i] == "NSM":
            kinds[i] = side


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """BD16: the places of paired brackets, in the order in which they open; none if more are open than the rule keeps."""
    open_: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for place, sign in enumerate(text):
        if kinds[place] != "ON":
            continue
        sign = unicodedata.normalize("NFC", sign)
        if sign in _CLOSING:
            if len(open_) == MOST_OPEN:
                return sorted(found)
            open_.append((_CLOSING[sign], place))
        elif (depth := next((i for i in range(len(open_) - 1, -1, -1) if open_[i][0] == sign), None)) is not None:
            _, opened = open_[depth]
            found.append((opened, place))
            del open_[depth:]
    return sorted(found)


def _strong(kind: str) -> str | None:
    """The direction of a letter or number in or before brackets; None for anything else."""
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else None


def _neutral(kinds: list[str], edge: str) -> list[str]:
    """N1 and N2: spaces and signs take the direction of the text around them, else the line's."""
    i = 0
    while i < len(kinds):
        if kinds[i] not in _NEUTRAL:
            i += 1
            continue
        end = i
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        before = _side(kinds[i - 1]) if i else edge
        after = _side(kinds[end]) if end < len(kinds) else edge
        kinds[i:end] = [before if before == after else edge] * (end - i)
        i = end
    return kinds


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def visual_order(run_levels: list[int]) -> list[int]:
    """Rule L2: the indices of a line's runs from left to right."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        i = 0
        while i < len(order):
            end = i
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[i:end] = reversed(order[i:end])
            i = max(end, i + 1)
    return order
