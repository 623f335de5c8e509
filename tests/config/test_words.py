"""Words are cut out of the file of their language and parsed one by one; what is said is the same as if the whole were parsed."""

import pytest
from fluent.syntax import FluentParser, ast

from config.word_entries import word_entries
from config.words import Words, languages, source


def messages(language: str) -> dict[str, ast.Message]:
    return {one.id.name: one for one in FluentParser().parse(source(language)).body if isinstance(one, ast.Message)}


@pytest.mark.parametrize("language", languages())
def test_a_word_cut_out_of_its_file_is_the_word_of_the_whole_file(language: str) -> None:
    """Servers and browsers parse single words; whatever these refer to is a word of the file too."""
    whole, cut = messages(language), word_entries(source(language))
    parsed = {name: FluentParser().parse(entry).body for name, entry in cut.items()}

    assert [*cut] == [*whole]
    assert all(len(body) == 1 for body in parsed.values())
    assert [name for name, (one,) in parsed.items() if not one.equals(whole[name], ["span", "comment"])] == []


@pytest.mark.parametrize("language", languages())
def test_a_word_that_names_another_is_said_with_it(language: str) -> None:
    assert "{" not in Words(language).text("common-wait-range", low=20, high=30)
