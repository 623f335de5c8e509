"""The lines of keys, for every way in which TOML lets you write a key."""

from config.positions import lines_of

TEXT = '''\
# [not.a.table]
top = "x" # comment with [brackets] and = signs

[a]
one = 1
"two words" = """
three = 3
[nor.this]
"""
'four.dots' = [
  "five", # ]
  { six = 6 },
]
seven.eight = 8
"n\\u00e4h" = '\\'

[[list]]
id = "x"
[list.inner]
deep = true
[[list.more]]
k = 1
[[list.more]]
k = 2

[[list]]
id = "y"
text = \'\'\'
id = "z"\'\'\'\'
last = 2026-12-24
[b."c.d".e]
f = {}
'''


def test_every_key_has_its_line() -> None:
    assert lines_of(TEXT) == {
        ("top",): 2,
        ("a",): 4,
        ("a", "one"): 5,
        ("a", "two words"): 6,
        ("a", "four.dots"): 10,
        ("a", "seven", "eight"): 14,
        ("a", "näh"): 15,
        ("list",): 17,
        ("list", 0): 17,
        ("list", 0, "id"): 18,
        ("list", 0, "inner"): 19,
        ("list", 0, "inner", "deep"): 20,
        ("list", 0, "more"): 21,
        ("list", 0, "more", 0): 21,
        ("list", 0, "more", 0, "k"): 22,
        ("list", 0, "more", 1): 23,
        ("list", 0, "more", 1, "k"): 24,
        ("list", 1): 26,
        ("list", 1, "id"): 27,
        ("list", 1, "text"): 28,
        ("list", 1, "last"): 30,
        ("b", "c.d", "e"): 31,
        ("b", "c.d", "e", "f"): 32,
    }


def test_windows_line_ends_count_once() -> None:
    assert lines_of("a = 1\r\nb = '''\r\n'''\r\nc = 3\r\n") == {("a",): 1, ("b",): 2, ("c",): 4}


def test_an_empty_text_has_no_lines() -> None:
    assert lines_of("") == {}
