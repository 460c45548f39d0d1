"""PINs that everybody tries first are refused, codes are read however typed, and browsers have names."""

from __future__ import annotations

import pytest

from service.core.access.agents import agent_name
from service.core.access.pins import is_easy, is_pin
from service.core.access.sign_in_codes import sign_in_code, sign_in_code_spelling


@pytest.mark.parametrize(
    "pin",
    [
        "000000",
        "111222",
        "123456",
        "654321",
        "567890",
        "098765",
        "121212",
        "123123",
        "123321",
        "112233",
        "159753",
    ],
)
def test_an_easy_pin_is_known_as_one(pin: str) -> None:
    """Rows, repeats, mirrors and ways over the keypad are tried first."""
    assert is_pin(pin)
    assert is_easy(pin)


@pytest.mark.parametrize("pin", ["739154", "204861", "918273", "100739"])
def test_another_pin_may_be_chosen(pin: str) -> None:
    """Most of the million are left."""
    assert is_pin(pin)
    assert not is_easy(pin)


def test_few_pins_are_easy() -> None:
    """The rules take away less than one in a hundred."""
    assert sum(is_easy(f"{pin:06}") for pin in range(1_000_000)) < 10_000


@pytest.mark.parametrize("text", ["12345", "1234567", "12345a", "", "١٢٣٤٥٦"])
def test_what_is_not_six_digits_is_no_pin(text: str) -> None:
    """Digits of other scripts are not on the keypad."""
    assert not is_pin(text)


def test_a_code_is_the_same_however_it_is_typed() -> None:
    """Blanks, hyphens and case do not matter; a longer text is another code."""
    code = sign_in_code(bytes(range(16)))
    assert len(code) == 9
    assert sign_in_code_spelling(f" {code.lower().replace('-', ' ')} ") == code
    assert sign_in_code_spelling(code + "3") != code


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Safari/537.36",
            "Chrome, Linux",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari, iPad"),
        ("curl/8", ""),
        (None, ""),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent: str | None, name: str) -> None:
    """Of everything that it says, two words."""
    assert agent_name(agent) == name
