"""Keys of an office file that have no effect yet. `check` warns of them; a test compares this list with what the product does.

When you give a key its effect, remove it here.
"""

WITHOUT_EFFECT: dict[str, str] = {
    "printers.kind=browser": "prints nothing in this release: choose escpos or file",
}
"""By path: a table, a table's key, or one value of a key (`table.key=value`)."""
