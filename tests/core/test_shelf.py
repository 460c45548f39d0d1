"""What may be on the shelf, by its category and its name, in English and Spanish."""

from __future__ import annotations

import pytest

from service.core.shelf import WORDS, Forbidden, forbidden_in, judge
from service.core.spellings import name_spelling

WHOLE_WORDS = [(word, category) for category, words in WORDS.items() for word in words.split()]


@pytest.mark.parametrize(("word", "category"), WHOLE_WORDS)
def test_every_forbidden_word_is_refused_in_a_name_and_in_a_category(word: str, category: Forbidden) -> None:
    """Capitals, dashes and neighbors do not hide it."""
    assert forbidden_in(word) == forbidden_in(f"A nice {word.upper()}!") == category
    for refusal in (
        judge(f"One-{word}", "other"),
        judge("One", f"some-{word}"),
        judge("One", "other", f"with {word}"),
    ):
        assert refusal is not None
        assert refusal.code == "category_not_allowed"


@pytest.mark.parametrize(("word", "category"), WHOLE_WORDS)
def test_each_word_is_written_as_it_is_compared(word: str, category: Forbidden) -> None:
    """A word with an accent or a capital in the list would never be found."""
    assert name_spelling(word) == word, category


@pytest.mark.parametrize(
    "words",
    [
        "Cashmere scarf",
        "Begonia and Winery tour map",
        "Root beer float",
        "Alcohol-free cocktail kit",
        "Bebida sin alcohol",
        "Smoke-free, no tobacco medal",
        "Better together mug",
        "Gift card",
        "Armario pequeño",
        "",
    ],
)
def test_what_only_looks_like_it_may_be_on_the_shelf(words: str) -> None:
    """Parts of words, harmless pairs and what is named as absent are no fault."""
    assert forbidden_in(words) is None


@pytest.mark.parametrize(("words", "category"), [("LOTERÍA", "gambling"), ("Munición", "firearms")])
def test_accents_do_not_hide_a_word(words: str, category: Forbidden) -> None:
    """Spanish is written with and without them."""
    assert forbidden_in(words) == category
