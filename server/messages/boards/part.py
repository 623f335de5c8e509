"""What every part of a board is."""

from server.messages.value import Value

Texts = dict[str, str]


class Part(Value, gc=False):
    """A part of a board. Documents name two classes of one name by their module: that is the package, wherever in it they lie."""

    def __init_subclass__(cls) -> None:
        cls.__module__ = __package__
