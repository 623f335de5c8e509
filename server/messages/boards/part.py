"""The base of every part of a board."""

from server.messages.value import Value

Texts = dict[str, str]


class Part(Value, gc=False):
    """A part of a board. The API documents tell two classes of the same name apart by module, so all get the package's name."""

    def __init_subclass__(cls) -> None:
        cls.__module__ = __package__
