"""`GET /api/v1/me`: what a token is for, and so which office a device is in. Used by the line and `counter_client.press`."""

from msgspec import Struct, field

PATH = "/api/v1/me"


class Me(Struct, frozen=True):
    """`offices`: the offices of this server for which the token is valid; `device`: the one device, counter or zone it
    acts for."""

    offices: tuple[str, ...]
    device: str | None = field(name="for", default=None)

    def office_of(self, device: str) -> str:
        """The office of this device: the first that the token names. LookupError says why there is none."""
        if self.device not in (None, device):
            raise LookupError(f"this token is for {self.device}, not for {device}")
        if not self.offices:
            raise LookupError("this token is for no office of this server")
        return self.offices[0]
