"""Strict small printers that fetch their tickets over HTTP, by the makers' guides: Star's "CloudPRNT Protocol Guide" and Epson's
"Server Direct Print User's Manual". Whatever the guide does not allow raises. They count the papers that come out.
"""

import base64
import io
import json
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

import httpx
from PIL import Image

EPOS = "{http://www.epson-pos.com/schemas/2011/03/epos-print}"


class NotAllowed(Exception):
    """An answer that the maker's guide does not allow."""


@dataclass
class CloudPrnt:
    """Polls, loads, prints, confirms. `token`: whether its firmware knows job tokens."""

    client: httpx.AsyncClient
    url: str
    token: bool = True
    mac: str = "00:11:62:00:00:01"
    status: str = "200 OK"
    papers: list[bytes] = field(default_factory=list)
    job: str | None = None

    async def poll(self, *, busy: bool = False) -> bool:
        """Whether the server has a ticket. All fields but the status code may be null."""
        said = {"status": None, "printerMAC": self.mac, "uniqueID": None, "statusCode": self.status.replace(" ", "%20")}
        answer = await self.client.post(self.url, json={**said, "printingInProgress": busy})
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("application/json"):
            raise NotAllowed(f"{answer.status_code} to a poll")
        ready = json.loads(answer.content)
        if not isinstance(ready.get("jobReady"), bool):
            raise NotAllowed("jobReady is needed")
        if ready["jobReady"] and "image/png" not in ready["mediaTypes"]:
            raise NotAllowed("no format that every model takes")
        self.job = ready.get("jobToken") if self.token else None
        return bool(ready["jobReady"])

    async def load(self, type: str = "image/png") -> bytes | None:
        answer = await self.client.get(self.url, params=self._named({"mac": self.mac, "type": type}))
        if answer.status_code not in (200, 404, 415):
            raise NotAllowed(f"{answer.status_code} to a job request")
        if answer.status_code != 200:
            return None
        if answer.headers["content-type"] != type:
            raise NotAllowed("the job is encoded in the format that was asked for")
        return answer.content

    async def confirm(self, code: str = "200 OK") -> None:
        answer = await self.client.delete(self.url, params=self._named({"mac": self.mac, "code": code}))
        if answer.status_code != 200:
            raise NotAllowed(f"{answer.status_code} to a confirmation")

    async def turn(self) -> bool:
        """A whole turn of a printer that is well."""
        if not await self.poll() or (picture := await self.load()) is None:
            return False
        self.print(picture)
        await self.confirm()
        return True

    def print(self, picture: bytes) -> None:
        with Image.open(io.BytesIO(picture)) as image:
            if image.format != "PNG" or image.width > 576:
                raise NotAllowed("no PNG that fits on the paper")
        self.papers.append(picture)

    def _named(self, said: dict[str, str]) -> dict[str, str]:
        return {**said, "token": self.job} if self.token and self.job else said


@dataclass
class DirectPrint:
    """Asks, prints, sends the result. Strict about the XML."""

    client: httpx.AsyncClient
    url: str
    papers: list[Image.Image] = field(default_factory=list)

    async def ask(self) -> tuple[str, Image.Image] | None:
        """The job and its picture; None if there is nothing to print."""
        body = await self._sent({"ConnectionType": "GetRequest", "ID": ""})
        if not body:
            return None
        root = ElementTree.fromstring(body)
        if root.tag != "PrintRequestInfo" or root.get("Version") != "2.00":
            raise NotAllowed("PrintRequestInfo 2.00 is needed for job ids")
        (job,) = root.findall("ePOSPrint")
        parameter, data = list(job)
        found = {part.tag: part.text or "" for part in parameter}
        if set(found) != {"devid", "timeout", "printjobid"} or not found["timeout"].isdecimal():
            raise NotAllowed(f"Parameter holds {sorted(found)}")
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,30}", found["printjobid"]):
            raise NotAllowed("a job id has 1 to 30 letters, digits, _ - .")
        (printed,) = list(data)
        image, cut = list(printed)
        if (printed.tag, image.tag, cut.tag, cut.attrib) != (
            f"{EPOS}epos-print",
            f"{EPOS}image",
            f"{EPOS}cut",
            {"type": "feed"},
        ):
            raise NotAllowed("a picture, then a cut after the feed")
        width, height = int(image.attrib["width"]), int(image.attrib["height"])
        if (image.get("mode"), image.get("color")) != ("mono", "color_1") or max(width, height) > 65_535:
            raise NotAllowed("a picture of two colours")
        rows = base64.b64decode(image.text or "", validate=True)
        if len(rows) != -(-width // 8) * height:
            raise NotAllowed("each row is filled up to whole bytes")
        black = bytes(byte ^ 0xFF for byte in rows)
        return found["printjobid"], Image.frombytes("1", (width, height), black)

    def print(self, picture: Image.Image) -> None:
        self.papers.append(picture)

    async def tell(self, job: str, *, success: bool = True, code: str = "", status: int = 251658262) -> None:
        said = (
            '<?xml version="1.0" encoding="utf-8"?><PrintResponseInfo Version="2.00"><ePOSPrint><Parameter>'
            f"<devid>local_printer</devid><printjobid>{job}</printjobid></Parameter><PrintResponse>"
            f'<response xmlns="{EPOS[1:-1]}" success="{str(success).lower()}" code="{code}" status="{status}" battery="0"/>'
            "</PrintResponse></ePOSPrint></PrintResponseInfo>"
        )
        if await self._sent({"ConnectionType": "SetResponse", "ID": "", "ResponseFile": said}):
            raise NotAllowed("the answer to a result is empty")

    async def turn(self) -> bool:
        found = await self.ask()
        if found is None:
            return False
        self.print(found[1])
        await self.tell(found[0])
        return True

    async def _sent(self, form: dict[str, str]) -> bytes:
        answer = await self.client.post(self.url, data=form)
        if answer.status_code != 200 or answer.headers["content-type"] != "text/xml; charset=utf-8":
            raise NotAllowed(f"{answer.status_code} {answer.headers.get('content-type')}")
        return answer.content
