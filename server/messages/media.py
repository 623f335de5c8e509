"""What a wall shows of the office's own while nobody is called."""

from typing import Literal

from server.messages.value import Value


class Slide(Value):
    """A picture or a video. `address`: its path on this server; `seconds`: how long a picture stays; `text`: what is on it, by
    language."""

    address: str
    kind: Literal["picture", "video"]
    seconds: int
    text: dict[str, str]
