"""Files of the office's own that its file names: the logo, folders of pictures and videos, secrets of webhooks.

Their names are relative to the file that names them. Looked at by `config.loader`, which warns of what cannot be used, and
again by the server before it uses one (`server.own_files`): a file may change at any time.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from config.findings import Findings
from config.named_file import content, kind
from server.messages.office import Office
from server.messages.signing import webhook_secret

LOGO_BYTES = 200_000
"""A wall's page is to stay small; a logo of an office has 5,000 to 50,000 bytes."""
LOGO_PIXELS = 4_000
TICKET_LOGO_BYTES, TICKET_LOGO_PIXELS = 30_000, 1_200
"""It goes to the printer's agent with every ticket; paper has 576 dots, A6 1,240."""
SECRET_BYTES = 4_096
PICTURES: Mapping[str, str] = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
VIDEOS: Mapping[str, str] = {".mp4": "video/mp4", ".webm": "video/webm"}
KINDS: Mapping[str, str] = {**PICTURES, **VIDEOS}
PICTURE_BYTES, VIDEO_BYTES = 10_000_000, 500_000_000
MOST = 100
"""Pictures and videos of one folder."""

_SVG = "http://www.w3.org/2000/svg"
_PNG = b"\x89PNG\r\n\x1a\n"


def look_at(office: Office, findings: Findings) -> dict[str, Path]:
    """Where each of these files is. Warns of what cannot be shown: the office opens without a logo too."""
    found: dict[str, Path] = {}
    if office.theme.logo is not None:
        found["theme.logo"] = _beside("theme.logo", office.theme.logo, findings)
        _warn(findings, "theme.logo", logo_fault(found["theme.logo"]))
    if office.theme.ticket_logo is not None:
        found["theme.ticket_logo"] = _beside("theme.ticket_logo", office.theme.ticket_logo, findings)
        _warn(findings, "theme.ticket_logo", ticket_logo(found["theme.ticket_logo"]).fault)
    for media in office.media:
        path = f"media.{media.id}.folder"
        found[path] = _beside(path, media.folder, findings)
        _warn(findings, path, folder_fault(found[path]))
    for hook in office.webhooks:
        path = f"webhooks.{hook.id}.secret_file"
        found[path] = _beside(path, hook.secret_file, findings)
        _warn(findings, path, secret_fault(found[path]))
    return found


def secret_in(file: Path) -> bytes:
    """The secret in a file. An OSError or a ValueError says why there is none; neither says what stands in the file."""
    try:
        return webhook_secret(content(file, SECRET_BYTES).decode())
    except UnicodeDecodeError:
        raise ValueError("is no text") from None


def secret_fault(file: Path) -> str | None:
    """Why nothing can be signed with this file; None if it is good."""
    try:
        secret_in(file)
    except OSError as error:
        return f"{file.name} cannot be read, so nothing is sent: {error.strerror or error}"
    except ValueError as error:
        return f"{file.name} {error}, so nothing is sent"
    return None


def logo_fault(file: Path) -> str | None:
    """Why no wall shows this file as a logo; None if they do."""
    try:
        body = content(file, LOGO_BYTES + 1)
    except (OSError, ValueError) as error:
        return _unread(file, error)
    if len(body) > LOGO_BYTES:
        return f"{file.name} is over {LOGO_BYTES:,} bytes, so it is not shown: make it smaller"
    fault = _png_fault(body) if file.suffix == ".png" else _svg_fault(body)
    return None if fault is None else f"{file.name} {fault}, so it is not shown"


class TicketLogo(NamedTuple):
    """The picture for the top of tickets; empty if `fault` says why none can be printed."""

    picture: bytes
    fault: str | None


def ticket_logo(file: Path) -> TicketLogo:
    try:
        body = content(file, TICKET_LOGO_BYTES + 1)
    except (OSError, ValueError) as error:
        return TicketLogo(b"", _unread(file, error))
    if len(body) > TICKET_LOGO_BYTES:
        return TicketLogo(
            b"", f"{file.name} is over {TICKET_LOGO_BYTES:,} bytes, so it is not printed: make it smaller"
        )
    fault = _png_fault(body, TICKET_LOGO_PIXELS)
    return TicketLogo(body, None) if fault is None else TicketLogo(b"", f"{file.name} {fault}, so it is not printed")


def folder_fault(folder: Path) -> str | None:
    """What of a folder no wall shows; None if all of it."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except (OSError, ValueError) as error:
        return _unread(folder, error)
    good = {path.name for path in shown(folder)}
    left = [name for name in names if name not in good and not name.startswith(".")]
    if not good:
        return f"{folder.name} has nothing to show: {_may_be()}"
    if left:
        return f"{', '.join(left[:3])}{' …' if len(left) > 3 else ''} in {folder.name} is not shown: {_may_be()}"
    return None


def shown(folder: Path) -> tuple[Path, ...]:
    """The pictures and videos of a folder, in the order of their names. OSError if it cannot be read."""
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in KINDS and not path.name.startswith("."))
    return tuple(path for path in files if path.is_file() and path.stat().st_size <= _most(path))[:MOST]


def _most(path: Path) -> int:
    return PICTURE_BYTES if path.suffix.lower() in PICTURES else VIDEO_BYTES


def _may_be() -> str:
    kinds = ", ".join(kind.removeprefix(".") for kind in KINDS)
    return f"{kinds} are, pictures up to {PICTURE_BYTES // 10**6} MB, videos up to {VIDEO_BYTES // 10**6} MB, {MOST} at most"


def _beside(path: str, name: str, findings: Findings) -> Path:
    return (findings.place(path).file or findings.file).parent / name


def _warn(findings: Findings, path: str, reason: str | None) -> None:
    if reason is not None:
        findings.warn(findings.place(path), path, reason)


def _unread(path: Path, error: Exception) -> str:
    try:
        found = kind(path)
    except (OSError, ValueError):
        found = None
    return f"{path} cannot be read: {f'it is {found}' if found else getattr(error, 'strerror', None) or error}"


def _png_fault(body: bytes, most: int = LOGO_PIXELS) -> str | None:
    if not body.startswith(_PNG) or body[12:16] != b"IHDR":
        return "is no PNG picture"
    sides = (int.from_bytes(body[16:20]), int.from_bytes(body[20:24]))
    return None if min(sides) > 0 and max(sides) <= most else f"has a side of {max(sides)} pixels"


class _Refused(Exception):
    """Something in an SVG that is no picture."""


def _svg_fault(body: bytes) -> str | None:
    """Only what a picture needs: no script, no handler, nothing from elsewhere, and no entities, which may grow without end."""
    elements: list[str] = []

    def element(name: str, attributes: Mapping[str, str]) -> None:
        elements.append(name)
        _element(name, attributes)

    parser = ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.buffer_text, parser.buffer_size = True, LOGO_BYTES
    parser.StartDoctypeDeclHandler = _refuses("has a document type")
    parser.ProcessingInstructionHandler = _refuses("has a processing instruction")
    parser.StartElementHandler = element
    parser.CharacterDataHandler = _text
    try:
        parser.Parse(body, True)
    except _Refused as refused:
        return str(refused)
    except (ExpatError, ValueError) as error:
        return f"is no SVG picture ({error})"
    return None if elements[:1] == [f"{_SVG} svg"] else "is no SVG picture"


def _element(name: str, attributes: Mapping[str, str]) -> None:
    local = name.rpartition(" ")[2]
    if local.lower() in ("script", "foreignobject", "iframe", "embed", "object"):
        raise _Refused(f"has an element {local}")
    for key, value in attributes.items():
        named = key.rpartition(" ")[2].lower()
        if named.startswith("on"):
            raise _Refused(f"has a handler {named}")
        if named == "href" and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg")):
            raise _Refused(f"fetches {value[:40]}")
        _text(value)


def _text(said: str) -> None:
    """Style sheets fetch by `url` and `@import`."""
    plain = "".join(said.lower().split())
    if "@import" in plain or any(not part.lstrip("\"'").startswith("#") for part in plain.split("url(")[1:]):
        raise _Refused("fetches something in a style")


def _refuses(reason: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise _Refused(reason)

    return refuse
