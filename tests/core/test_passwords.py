"""Passwords: length counts and composition does not, and what everybody guesses first is refused."""

import pytest

from service.core.access.passwords import ALPHABET, CHANCE_BYTES, LETTERS_MIN, made_up, weakness
from service.core.words.refusals.catalog import in_english

EMAIL = "ana.ruiz@clinic.example"


@pytest.mark.parametrize(
    "password",
    ["three blue herons", "correct-tram-lemon", "ñandúes al amanecer", "XXyyzz 12 !! qq", "k7qmx-2hbnw-9aa"],
)
def test_a_long_password_is_good_whatever_it_is_made_of(password: str) -> None:
    """Nobody is asked for a capital, a digit or a sign."""
    assert weakness(password, EMAIL) is None


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "eleven char",
        "aaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "qwertyuiopas",
        "passwordpassword",
        "Password1234!",
        "welcome12345",
        EMAIL,
        "ana.ruiz2026!!",
        "1234567890123456",
        "x" * 201,
        "contraseña2026",
    ],
)
def test_a_password_that_is_guessed_first_is_refused_with_the_remedy(password: str) -> None:
    """Too short, too plain, or one's own address."""
    said = weakness(password, EMAIL)
    assert said is not None
    assert in_english(said).endswith(".")


def test_a_password_that_we_make_up_is_good_and_easy_to_copy() -> None:
    """Four groups of five from letters that do not look alike."""
    one, other = made_up(bytes(range(CHANCE_BYTES))), made_up(bytes(range(1, CHANCE_BYTES + 1)))
    assert one != other
    assert [len(part) for part in one.split("-")] == [5] * 4
    assert set(one) <= {*ALPHABET, "-"}
    assert len(one) >= LETTERS_MIN
    assert weakness(one, EMAIL) is None


@pytest.mark.parametrize(
    "password",
    [
        "Riverside2026!",
        "river-side-riverside",
        "AnaRuiz-Riverside",
        "ruiz.clinic.2026",
        "Ana Ruiz Ruiz 77",
        "josé-perez-1984",
    ],
)
def test_a_password_made_of_what_everybody_knows_is_refused(password: str) -> None:
    """One's own name, address and clinic, however they are put together, with whatever digits and signs."""
    said = weakness(password, EMAIL, "Ana Ruiz José Pérez", "Riverside Clinic")
    assert said is not None
    assert said.reason in {"invalid.password_about_you", "invalid.password_common"}


@pytest.mark.parametrize(
    "password", ["riverside blue herons", "anatomy of melancholy", "three clinical trials"]
)
def test_a_known_word_among_others_is_no_harm(password: str) -> None:
    """It only counts for nothing."""
    assert weakness(password, EMAIL, "Ana Ruiz", "Riverside Clinic") is None


def test_a_stolen_password_is_refused_and_says_so() -> None:
    """Whoever looks it up says whether it was."""
    said = weakness("three blue herons", EMAIL, is_breached=True)
    assert said is not None
    assert said.reason == "invalid.password_breached"
