"""The base of every command, and the types of their fields. `server.messages.commands` has all commands."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from server.messages.terms import END, FreeText, Id, Language, Need, OneLine
from server.messages.value import Value, snake

DateTime = Annotated[datetime, Meta(tz=True)]
Ids = Annotated[tuple[Id, ...], Meta(min_length=1, max_length=20)]
Some = Annotated[tuple[Id, ...], Meta(max_length=200)]
Needs = Annotated[tuple[Need, ...], Meta(max_length=6)]
Minutes = Annotated[int, Meta(ge=1, le=480)]
Boost = Annotated[int, Meta(ge=-480, le=480)]
Code = Annotated[OneLine, Meta(min_length=1, max_length=64)]
TimeOfDay = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)" + END)]
WholeHour = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-4]):00" + END)]
TextByLanguage = dict[Language, FreeText]


class Command(Value, forbid_unknown_fields=True, omit_defaults=True, tag_field="type", tag=snake):
    """The base of every command. Its type on the wire is the class's name in snake case."""


class AsSeen(Command, kw_only=True):
    """The base of commands that somebody chooses by what a board shows. `seen_seq`: the seq of that board; if something that the
    command touches has changed since, the refusal is `overtaken`."""

    seen_seq: Annotated[int, Meta(ge=0)] | None = None
