"""The addresses of this server that people outside see: of a ticket, and where a ticket is drawn by the code at the door."""

from server.access.links import Links
from server.messages.boards import Door


class PublicAddresses:
    """`url`: the public address of the server, without a slash at its end; None if nobody named one."""

    def __init__(self, links: Links, url: str | None) -> None:
        self._links, self._url = links, url

    def of_ticket(self, office: str, ticket: str) -> str | None:
        return f"{self._url}/t/{self._links.secret(office, ticket)}" if self._url else None

    def at_door(self, office: str, at: int) -> Door:
        """What a display at the door shows at an instant. People type the address: it has no "https://"."""
        address = f"{self._url.partition('://')[2]}/draw/{office}" if self._url else None
        return Door(code=self._links.door_code(office, at), address=address)
