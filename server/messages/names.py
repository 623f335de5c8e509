"""The form in which names that people type are compared, wherever that is: accounts, searches, codes, rows of a trace.

The same name can be written in several ways that nobody tells apart: an umlaut as one character or as two, a ligature, wide
letters, a space that does not break, a sign without width that came with a copied text.
"""

import unicodedata

MOST = 400
"""Characters that count: no name and no search has more, and a stranger must not make us work for more."""


def folded(text: str) -> str:
    """Equal for texts that people take for the same: neither case nor the way of writing counts, nor spaces around."""
    plain = unicodedata.normalize("NFKC", text[:MOST]).casefold()
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", plain) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split())


def with_plain_digits(text: str) -> str:
    """The digits of every script as 0 to 9: whoever has an Arabic keyboard types "A ٠١٢"."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def typed_code(text: str) -> str:
    """A code as somebody typed it: small or wide letters, spaces and hyphens do not matter."""
    return "".join(sign for sign in with_plain_digits(folded(text)).upper() if sign.isalnum())
