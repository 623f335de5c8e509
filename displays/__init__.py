"""What citizens look at: the wall display and the personal display on a phone. Pages only; they draw the boards they are given."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def pages() -> Traversable:
    """The folder of templates, style sheets and modules, for whoever serves them."""
    return files(__package__) / "pages"
