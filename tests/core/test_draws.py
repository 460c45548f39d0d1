"""A draw follows from its seed and its id, and anyone can see when it does not."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas.draws import DrawnSlip, DrawPrize, DrawRecord
from schemas.program import Bowl, Flat, Phase, Program, Target, Tier
from service.core.authoring.programs import STANDARD_BOWL
from service.core.draws.draws import (
    bowl_of,
    check,
    commitment,
    draw,
    draw_name,
    prize_unit,
    slip,
    slips_in,
    tier_of,
    wins,
)

SEED = bytes(31) + b"\x2a"
ENROLLMENT = UUID(int=3)
SHELF = Bowl("shelf", (Tier("nothing", 1), Tier("a pen", 2, category="learning"), Tier("void", 1, value=0)))


@pytest.fixture(scope="module")
def vector(shared: Path) -> dict[str, Any]:
    """Read the shared vector of draws."""
    found: dict[str, Any] = json.loads((shared / "vectors" / "draws.json").read_text("utf-8"))
    return found


def test_the_shared_vector_comes_out_exactly(vector: dict[str, Any]) -> None:
    """Commitment, slips and tiers are those that others work out too."""
    seed = bytes.fromhex(vector["seed_hex"])
    assert commitment(seed).hex() == vector["commitment_sha256_of_seed"]
    bowl = Bowl("v", tuple(Tier(name, slips) for name, slips in vector["tiers"]))
    slips = draw(seed, vector["draw_id"], bowl, vector["count"])
    assert [one.number for one in slips] == vector["expected_slips"]
    assert [one.tier.name for one in slips] == vector["expected_prizes"]


def test_the_tiers_begin_and_end_where_the_vector_says(vector: dict[str, Any]) -> None:
    """Slip 1 is the first of the first tier, slip 500 the only jumbo; 0 and 501 are no slips."""
    for number, tier in vector["boundaries"].items():
        assert tier_of(STANDARD_BOWL, int(number)).name.replace(" ", "_") == tier
    for number in (0, -1, slips_in(STANDARD_BOWL) + 1):
        with pytest.raises(ValueError, match=str(number)):
            tier_of(STANDARD_BOWL, number)


@given(st.binary(min_size=32, max_size=32), st.integers(1, 50_000_000), st.integers(0, 500))
def test_a_slip_is_in_the_bowl_whatever_the_seed(seed: bytes, slips: int, index: int) -> None:
    """From 1 to as many as there are."""
    assert 1 <= slip(seed, "x/1", index, slips) <= slips


def test_a_value_in_the_incomplete_round_is_rejected_for_the_next_counter() -> None:
    """A bowl of 2^31 + 1 slips rejects nearly every second value: the counter must go on."""
    slips = 2**31 + 1
    for index in range(50):
        counter = 0
        while True:
            message = f"cm-draw|x/1|{index}|{counter}".encode()
            value = int.from_bytes(hmac.new(SEED, message, hashlib.sha256).digest()[:4], "big")
            if value < slips:
                break
            counter += 1
        assert slip(SEED, "x/1", index, slips) == value % slips + 1


def test_each_slip_of_a_small_bowl_is_drawn_about_equally_often() -> None:
    """Seven slips do not divide 2^32; none of them is favored by more than chance."""
    drawn = Counter(slip(SEED, "even/1", index, 7) for index in range(7000))
    assert set(drawn) == set(range(1, 8))
    assert all(880 < count < 1120 for count in drawn.values())


def test_a_bowl_is_found_by_name_and_pays_in_its_program_s_unit() -> None:
    """The standard bowl pays cents everywhere; an own bowl pays points in a program of points."""
    target = Target("a", "homework", (Phase(weeks=(1, 1), earn=Flat(1)),))
    points = Program("p", "P", "points", 1, (target,), bowls=(SHELF,))
    assert bowl_of(points, "standard-500") == STANDARD_BOWL
    assert (bowl_of(points, "shelf"), bowl_of(points, "other")) == (SHELF, None)
    assert (prize_unit(points, "standard-500"), prize_unit(points, "shelf")) == ("usd", "points")
    assert prize_unit(replace(points, unit="draw"), "shelf") == "usd"


def test_a_slip_wins_where_its_tier_is_worth_something_or_on_the_shelf() -> None:
    """Good words and a value of zero are no prize."""
    assert [wins(tier) for tier in SHELF.tiers] == [False, True, False]
    assert [wins(tier) for tier in STANDARD_BOWL.tiers] == [False, True, True, True]


RICHER = (replace(STANDARD_BOWL.tiers[0], value=100), *STANDARD_BOWL.tiers[1:])
"""What the predefined bowl's name must not stand for."""


def record(bowl: Bowl = STANDARD_BOWL, count: int = 12) -> DrawRecord:
    """Make the true record of a draw."""
    name = draw_name(ENROLLMENT, 1)
    shown = []
    for index, one in enumerate(draw(SEED, name, bowl, count)):
        prize = None
        if one.tier.category is not None:
            prize = DrawPrize(UUID(int=index), category=one.tier.category, status="owed")
        elif one.tier.value:
            prize = DrawPrize(UUID(int=index), "usd", one.tier.value - 1, 1)
        shown.append(DrawnSlip(index, one.number, one.tier.name, prize))
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return DrawRecord(
        UUID(int=1), name, ENROLLMENT, bowl, count, commitment(SEED).hex(), UUID(int=2), at, tuple(shown)
    )


def test_a_true_record_has_no_fault() -> None:
    """What caps took off a prize is no fault of the draw."""
    assert list(check(record(), SEED)) == []
    assert list(check(record(SHELF), SEED)) == []


def slip_changed(**fields: object) -> Callable[[DrawRecord], DrawRecord]:
    """Change the first slip that won something."""

    def changed(made: DrawRecord) -> DrawRecord:
        place = next(index for index, one in enumerate(made.draws) if one.prize is not None)
        slips = list(made.draws)
        slips[place] = replace(slips[place], **fields)
        return replace(made, draws=tuple(slips))

    return changed


@pytest.mark.parametrize(
    ("forge", "says"),
    [
        (lambda made: replace(made, commitment="00" * 32), "the commitment was 0000"),
        (lambda made: replace(made, draw_id=f"{ENROLLMENT}/2"), "must be number"),
        (lambda made: replace(made, enrollment=UUID(int=9)), "does not begin with its enrollment"),
        (lambda made: replace(made, count=11), "says 11 slips and shows 12"),
        (lambda made: replace(made, draws=made.draws[1:], count=11), "stands under index 1"),
        (lambda made: replace(made, bowl=Bowl("b", STANDARD_BOWL.tiers[::-1])), "must be 'small'"),
        (
            lambda made: replace(made, bowl=Bowl("standard-500", RICHER)),
            "are not those of that bowl",
        ),
        (slip_changed(slip=500), "must be number"),
        (slip_changed(tier="jumbo"), "must be 'small', and the record says 'jumbo'"),
        (slip_changed(prize=None), "wins 100, and the record shows no prize"),
        (slip_changed(prize=DrawPrize(UUID(int=1), "usd", 10_000, 0)), "wins 100, and the record says 10000"),
        (
            slip_changed(prize=DrawPrize(UUID(int=1), category="x", status="owed")),
            "wins from the shelf None, and the record says x",
        ),
    ],
)
def test_whatever_is_forged_is_found(forge: Callable[[DrawRecord], DrawRecord], says: str) -> None:
    """The fault says what it must be and what the record says."""
    found = list(check(forge(record()), SEED))
    assert any(says in fault for fault in found), found


def test_another_seed_is_told_first() -> None:
    """A seed that was not committed to proves nothing, however well the slips fit it."""
    first, *_ = check(record(), bytes(32))
    assert first.startswith("The seed's SHA-256 is")
