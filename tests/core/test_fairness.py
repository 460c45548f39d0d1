"""Even draws look even, loaded ones do not, and the numbers are those of the tables."""

from math import exp, isclose

import pytest

from schemas.program import Bowl, Tier
from service.core.authoring.programs import STANDARD_BOWL
from service.core.draws.draws import slip, slips_in
from service.core.draws.fairness import Fairness, bowl_id, fairness, upper_gamma

SEED = bytes(31) + b"\x2a"


@pytest.mark.parametrize(
    ("chi_square", "df", "p"),
    [
        # Critical values as every table of the chi-square distribution has them.
        (3.841458820694124, 1, 0.05),
        (6.6348966010212145, 1, 0.01),
        (7.814727903251179, 3, 0.05),
        (16.26623619623813, 3, 0.001),
        (0.35184631774927144, 3, 0.95),
        (18.307038053275146, 10, 0.05),
        (124.34211340400407, 100, 0.05),
        (77.92946516501726, 100, 0.95),
    ],
)
def test_the_p_value_is_that_of_the_tables(chi_square: float, df: int, p: float) -> None:
    """On both sides of where the series gives way to the fraction."""
    assert isclose(upper_gamma(df / 2, chi_square / 2), p, rel_tol=1e-9)


def test_the_p_value_of_two_degrees_of_freedom_is_an_exponential() -> None:
    """Q(1, x) is exp(-x), which checks every size, down to where there is nearly nothing left."""
    for x in (0.0, 0.001, 0.5, 1.9, 2.0, 2.1, 30.0, 300.0, 700.0):
        assert isclose(upper_gamma(1.0, x), exp(-x), rel_tol=1e-9)


def drawn(bowl: Bowl, count: int) -> dict[int, int]:
    """Draw many slips, and count each."""
    total = slips_in(bowl)
    counts: dict[int, int] = {}
    for index in range(count):
        number = slip(SEED, "fair/1", index, total)
        counts[number] = counts.get(number, 0) + 1
    return counts


def test_draws_of_the_service_s_own_are_even() -> None:
    """Ten thousand slips of the standard bowl raise no suspicion."""
    found = fairness(STANDARD_BOWL, drawn(STANDARD_BOWL, 10_000))
    assert (found.bowl, found.id, found.slips, found.df) == ("standard-500", "standard-500", 10_000, 3)
    assert found.p > 0.01
    assert not found.is_suspect


def test_a_bowl_without_its_large_prizes_is_suspect() -> None:
    """Whoever took the large slips out is found after some hundred draws."""
    loaded = dict.fromkeys(range(1, 460), 3)
    found = fairness(STANDARD_BOWL, loaded)
    assert found.is_suspect
    assert found.p < 1e-20


def test_the_sums_are_those_of_the_definition() -> None:
    """Two tiers of the same size, 60 against 40: chi-square is 4, with one degree of freedom."""
    coin = Bowl("coin", (Tier("heads", 1), Tier("tails", 1)))
    found = fairness(coin, {1: 60, 2: 40})
    assert (found.chi_square, found.df) == (4.0, 1)
    assert isclose(found.p, 0.04550026389635842, rel_tol=1e-9)


def test_tiers_that_are_too_rare_are_taken_together() -> None:
    """One jumbo where a fifth of one is expected says nothing by itself."""
    found = fairness(STANDARD_BOWL, {500: 1, 1: 52, 300: 42, 470: 7})
    assert found.df == 2
    assert found.p > 0.05
    few = fairness(STANDARD_BOWL, {500: 1})
    assert (few.chi_square, few.df, few.p, few.is_suspect) == (0.0, 0, 1.0, False)


def test_few_draws_are_never_suspect() -> None:
    """However odd they are: a person is only called once there is something to see."""
    assert not Fairness("b", "b", 499, 99.0, 3, 1e-9).is_suspect
    assert Fairness("b", "b", 500, 99.0, 3, 1e-9).is_suspect
    assert not Fairness("b", "b", 500, 1.0, 3, 0.001).is_suspect


def test_bowls_of_one_name_and_other_slips_are_told_apart() -> None:
    """Two clinics may call different bowls the same."""
    one, two = Bowl("own", (Tier("a", 1),)), Bowl("own", (Tier("a", 2),))
    assert bowl_id(one) != bowl_id(two)
    assert fairness(one, {1: 1}).bowl == f"own:{bowl_id(one)}"
    assert bowl_id(Bowl("standard-500", STANDARD_BOWL.tiers)) == "standard-500"
