"""What each table of an office file is, and its texts for people."""

from server.messages.value import Value

Texts = dict[str, str]


class Table(Value, forbid_unknown_fields=True, omit_defaults=True):
    """One table of an office file."""
