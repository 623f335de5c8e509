"""Epson Server Direct Print: the tickets that a printer fetches, and the results that it sends. Pure; asked by `polling`.

From Epson's "Server Direct Print User's Manual" and "ePOS-Print XML"; not tried on a device. With print job ids (version 2.00),
which TM-i firmware 4.1, TM-DT software 3.0 and TM-T88VI have. Not used: status notifications, whose form we could not read.
"""

from base64 import b64encode
from typing import NamedTuple
from xml.etree import ElementTree

from server.web.drawn import Drawn
from server.web.reading import number

DEVICE = "local_printer"
"""How a printer calls itself, as the manual's examples say it."""
TIMEOUT_MS = 10_000
"""For how long the printer tries, as in the manual's examples."""
MEDIA = "text/xml; charset=utf-8"
_STATES = ((0x20, "cover_open"), (0x80000, "paper_out"), (0x800, "cutter"), (0x2400, "error"), (0x8, "offline"))
_LOW = 0x20000
_CODES = {"EPTR_COVER_OPEN": "cover_open", "EPTR_REC_EMPTY": "paper_out", "EPTR_CUTTER": "cutter"}
_NOTHING_PRINTED = frozenset(
    {"SchemaError", "DeviceNotFound", "EX_SPOOLER", "TooManyRequests", "RequestEntityTooLarge"}
)
"""The printer did not begin: it could not use what it got."""


class Result(NamedTuple):
    """What became of one ticket. `printer`: the state of the printer then."""

    job: str
    state: str
    reason: str | None
    printer: str


def request(job: str, drawn: Drawn) -> bytes:
    """One ticket: its picture, black is 1, then a cut. `job` is made of letters and digits."""
    picture = b64encode(drawn.black).decode()
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<PrintRequestInfo Version="2.00"><ePOSPrint><Parameter>'
        f"<devid>{DEVICE}</devid><timeout>{TIMEOUT_MS}</timeout><printjobid>{job}</printjobid></Parameter><PrintData>"
        '<epos-print xmlns="http://www.epson-pos.com/schemas/2011/03/epos-print">'
        f'<image width="{drawn.width}" height="{drawn.height}" color="color_1" mode="mono">{picture}</image>'
        '<cut type="feed"/></epos-print></PrintData></ePOSPrint></PrintRequestInfo>'
    ).encode()


def results(xml: str) -> list[Result]:
    """The results in a `ResponseFile`. ValueError for something else."""
    if "<!" in xml:  # a printer declares no entities; they could grow without end
        raise ValueError("no declarations, please")
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - without entities there is nothing to be feared
    except ElementTree.ParseError:
        raise ValueError("no XML") from None
    if _name(root) != "PrintResponseInfo":
        raise ValueError("no PrintResponseInfo")
    found = []
    for one in root.iter():
        if _name(one) == "ePOSPrint":
            job = next((part.text or "" for part in one.iter() if _name(part) == "printjobid"), "")
            said = next((part for part in one.iter() if _name(part) == "response"), None)
            if job and said is not None:
                found.append(_result(job, said.attrib))
    return found


def _result(job: str, said: dict[str, str]) -> Result:
    status = number(said.get("status", ""), 2**32) or 0
    trouble = next((state for bits, state in _STATES if status & bits), None)
    if said.get("success") in ("true", "1"):
        return Result(job, "confirmed", None, trouble or ("paper_low" if status & _LOW else "ok"))
    code = said.get("code", "")
    reason = _CODES.get(code) or trouble or "error"
    return Result(
        job, "failed" if code in _NOTHING_PRINTED else "unknown", reason, trouble or _CODES.get(code, "error")
    )


def _name(element: ElementTree.Element) -> str:
    """Without its namespace."""
    return element.tag.rpartition("}")[2]
