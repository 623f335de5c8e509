"""Keys of an office file that have no effect yet. `check` warns of them; a test compares this list with what the product does.

When you give a key its effect, remove it here.
"""

WITHOUT_EFFECT: dict[str, str] = {}
"""By path: a table, a table's key, or one value of a key (`table.key=value`)."""
