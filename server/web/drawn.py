"""A ticket that was drawn for printing, as `server.ticket_drawing` hands it to the routes."""

from typing import NamedTuple


class Drawn(NamedTuple):
    """`png`: as a file; `black`: its rows from the top, each filled up to whole bytes, a black dot is 1."""

    width: int
    height: int
    png: bytes
    black: bytes
