"""The logo, pictures and videos that office files name, as walls get them, and the secrets of webhooks.

`upkeep` says where they are; the web asks."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from config.own_files import PICTURES, logo_fault, secret_in, shown, ticket_logo
from server.desk.desk import Desk
from server.messages.media import Slide
from server.messages.office import Media
from server.office import hours
from server.office.boards.wall import shows


@dataclass
class FilesBeside:
    """`paths`: by office, the files of its own by their paths in the office file (`config.loader.Reading.own`)."""

    desks: Mapping[str, Desk]
    paths: dict[str, Mapping[str, Path]] = field(default_factory=dict)
    _logos: dict[Path, tuple[tuple[int, int, int], str]] = field(default_factory=dict)

    def logo(self, office: str) -> Path | None:
        path = self.paths.get(office, {}).get("theme.logo")
        return path if path is not None and logo_fault(path) is None else None

    def ticket_logo(self, office: str) -> str | None:
        """The picture for the top of tickets, in base64. It is read again only when the file has changed."""
        path = self.paths.get(office, {}).get("theme.ticket_logo")
        try:
            now = None if path is None else path.stat()
        except OSError:
            return None
        if path is None or now is None:
            return None
        mark = (now.st_mtime_ns, now.st_size, now.st_ino)
        before, logo = self._logos.get(path, (None, ""))
        if before != mark:
            logo = b64encode(ticket_logo(path).picture).decode()
            self._logos[path] = (mark, logo)
        return logo or None

    def slides(self, office: str, display: str) -> list[Slide]:
        """What this wall shows now, in order."""
        return [
            Slide(
                address=f"/media/{office}/{quote(display)}/{quote(media.id)}/{quote(path.name)}",
                kind="picture" if path.suffix.lower() in PICTURES else "video",
                seconds=media.seconds,
                text=media.text,
            )
            for media in self._media(office, display)
            if self._is_time(office, media)
            for path in self._files(office, media)
        ]

    def slide(self, office: str, display: str, media: str, name: str) -> Path | None:
        """A file of these, and no other one of its folder."""
        of_it = (one for one in self._media(office, display) if one.id == media)
        return next((path for one in of_it for path in self._files(office, one) if path.name == name), None)

    def webhook_secret(self, office: str, hook: str) -> bytes:
        """An OSError or a ValueError says why there is none."""
        path = self.paths.get(office, {}).get(f"webhooks.{hook}.secret_file")
        if path is None:
            raise ValueError("this server does not have the office file that names it")
        return secret_in(path)

    def _media(self, office: str, display: str) -> Iterator[Media]:
        return (one for one in self.desks[office].state.office.media if shows(one, display))

    def _is_time(self, office: str, media: Media) -> bool:
        desk = self.desks[office]
        return media.hours is None or hours.end_of_span(desk.state.office, media.hours, desk.now()) is not None

    def _files(self, office: str, media: Media) -> tuple[Path, ...]:
        path = self.paths.get(office, {}).get(f"media.{media.id}.folder")
        with suppress(OSError, ValueError):
            return () if path is None else shown(path)
        return ()
