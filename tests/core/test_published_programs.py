"""The published programs pay what their papers say, and every worked case beside them comes out."""

from pathlib import Path

import pytest
from msgspec import json

import schemas
from schemas.books import TableOutcome
from schemas.cases import Cases
from schemas.program import Program
from service.core.authoring.programs import STANDARD_BOWL, decode, digest, encode, expectation, load
from service.core.authoring.table import spread, table

DIGESTS = {
    "budney-2006-cannabis": "a699ed9fde96b6bfcef1f4cd8851b6717e15b1f1448380c4b2c2573b8082af1a",
    "california-recovery-incentives": "1634a5a3f58deedce58f4d89c7afc47356a18ff52d0d73525d7a44a1c3ff42c5",
    "carroll-2002-naltrexone-low": "89a167097218a180e86c6104b590944fad710268ce528412b91fa798193403f9",
    "higgins-1991-vouchers": "131089f7c5e96533eac06692dd4f21fd26f3594d59656b06320fb24d2c1bfaa4",
    "higgins-1993-vouchers": "044a92c1460397efa5a7c1e660574a7f7ede671b5d6897c06e830c1c7f235ac5",
    "iop-six-weeks": "e4da1095d33b4e02ba69065ace65086b6a3f1880983dc564f623c5a7d4e3da1b",
    "iop-step-down": "b2795ff9fb7076e92055c23d7d13b2704bcf4bf2b224cab79cd72da339dde7aa",
    "matrix-16-weeks": "9988e2bfa9de859b544eb859844073b47f95fdcbbfb2c8b2337d7822c6e8d2b6",
    "miedar-prize-draws": "3adbcf375fa0708b9e4c32c73f221c8be6efc50700e16b0e7f777478bc74a9ee",
    "silverman-1996-vouchers": "d88cac01c32396c8b18f468f9b883e1f12c420dbf156f77e50e9c1a629f8ff1d",
    "veterans-prize-draws": "b0b094aa1436354370512a556c0af3ca6fcf6082774b4af3395460a5cec94f96",
    "xpmi-attendance-draws": "5a7cfd829e8c2b86a17b7582d04a0df87de5c9af70d7003c7639a5867452d925",
}
"""The digests of documents that were shipped: what the language gains changes none of them."""

FOLDER = Path(schemas.__path__[0]) / "programs"
FILES = sorted(FOLDER.glob("*.yaml"))

PERFECT = {
    "higgins-1993-vouchers": ("negative", 36, 99_750),
    "higgins-1991-vouchers": ("negative", 48, 103_800),
    "higgins-1994-vouchers": ("negative", 60, 102_150),
    "recovery-incentives-by-week": ("negative", 36, 59_900),
    "barnett-2017-alcohol-sensor": ("negative", 21, 31_500),
    "romanowich-2015-escalating": ("negative", 60, 118_500),
    "romanowich-2015-fixed": ("negative", 60, 118_500),
    "dougherty-2015-alcohol-sensor": ("negative", 12, 60_000),
    "heil-2008-pregnancy": ("negative", 29, 68_875),
    "hptn-065-viral-suppression": ("negative", 4, 28_000),
    "halpern-2015-individual": ("negative", 3, 80_000),
    "workplace-vouchers": ("negative@4", 120, 384_000),
    "drawn-test-days": ("negative", 24, 42_500),
    "washington-montana-stimulants": ("negative", 24, 56_400),
    "delaware-stimulants": ("negative", 36, 55_000),
    "delaware-opioids": ("negative", 38, 38_600),
    "silverman-1996-vouchers": ("negative", 36, 115_500),
    "budney-2006-cannabis": ("negative", 24, 57_000),
    "california-recovery-incentives": ("negative", 36, 59_900),
    "veterans-prize-draws": ("negative", 24, 164),
    "miedar-prize-draws": ("negative", 24, 156),
    "xpmi-attendance-draws": ("attended", 12, 94),
}
"""What a perfect participant earns, in cents or draws, as published."""


def program(name: str) -> Program:
    """Read one published program."""
    found = decode((FOLDER / f"{name}.yaml").read_bytes(), yaml=True)
    assert isinstance(found, Program)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_published_program_is_sound_and_its_cases_come_out(path: Path) -> None:
    """It has no fault and no warning, and each of its cases says what happens."""
    found = load(path.read_bytes(), path.with_suffix(".cases.json").read_bytes(), yaml=True)
    assert (found.faults, found.warnings, found.case_faults) == ((), (), ())
    assert found.program is not None
    assert found.program.name == path.stem
    assert found.program.source


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_program_has_the_cases_that_show_its_rules(path: Path) -> None:
    """Perfect, one miss, one excused, reset and recovery, two resets: each in one sentence."""
    cases = json.decode(path.with_suffix(".cases.json").read_bytes(), type=Cases)
    names = {case.name for case in cases.cases}
    assert names >= {"perfect", "one-miss", "no-show", "one-excused", "reset-and-recovery", "two-resets"}
    assert all(case.says.endswith(".") for case in cases.cases)


@pytest.mark.parametrize("name", DIGESTS)
def test_what_the_language_gains_changes_no_digest(name: str) -> None:
    """A clinic that publishes the shipped document again still gets the version that it has."""
    assert digest(program(name)) == DIGESTS[name]


@pytest.mark.parametrize("name", PERFECT)
def test_a_perfect_participant_earns_what_was_published(name: str) -> None:
    """Every expected visit is a success, laid over the weeks by the program's own visits."""
    word, visits, total = PERFECT[name]
    made = program(name)
    found = table(made, spread(made, made.targets[0].name, [word] * visits))
    assert found.total == total


def test_two_ladders_of_naltrexone_earn_their_published_sum() -> None:
    """Thirty-six doses and thirty-six tests earn $561.60."""
    made = program("carroll-2002-naltrexone-low")
    doses, tests = (
        spread(made, target.name, [word] * 36)
        for target, word in zip(made.targets, ("taken", "negative"), strict=True)
    )
    assert table(made, [*doses, *tests]).total == 56_160


def test_three_payments_for_not_smoking_earn_their_published_sum() -> None:
    """A finished program, six months and a year: $750.00, each part once."""
    made = program("volpp-2009-smoking")
    visits = [TableOutcome("program-finished", 8, "verified"), TableOutcome("smoke-free", 20, "negative")]
    assert table(made, [*visits, TableOutcome("still-smoke-free", 46, "negative")] * 2).total == 75_000


def test_the_draws_of_two_trials_earn_their_published_number() -> None:
    """Without stimulants, alcohol and opioids: 204 draws, 156 of them for the tests themselves."""
    made = program("ctn-0006-prize-draws")
    visits = [one for target in made.targets for one in spread(made, target.name, ["negative"] * 24)]
    found = table(made, visits)
    assert (found.total, sum(row.base for row in found.rows)) == (204, 156)


def test_budney_pays_from_week_3_to_week_14() -> None:
    """The first two weeks have no phase, and no visit is laid there."""
    made = program("budney-2006-cannabis")
    weeks = [visit.week for visit in spread(made, "cannabis-negative", ["negative"] * 24)]
    assert weeks == [week for week in range(3, 15) for _ in range(2)]


def test_a_draw_from_the_standard_bowl_is_worth_two_dollars_and_a_fifth() -> None:
    """Its expected value is $2.218, and its 500 slips are all there."""
    assert sum(tier.slips for tier in STANDARD_BOWL.tiers) == 500
    assert expectation(STANDARD_BOWL).mean == pytest.approx(221.8)


def test_all_draws_of_the_veterans_program_are_worth_what_was_published() -> None:
    """164 draws: $363.75 expected, $88.26 standard deviation."""
    found = expectation(STANDARD_BOWL, 164)
    assert round(found.mean / 100, 2) == 363.75
    assert round(found.sd / 100, 2) == 88.26


def test_every_slip_of_the_hat_s_own_bowl_wins() -> None:
    """69, 20, 10 and 1 of 100 slips: $4.69 a draw."""
    (bowl,) = program("petry-hat-bowl").bowls
    assert [tier.slips for tier in bowl.tiers] == [69, 20, 10, 1]
    assert expectation(bowl).mean == pytest.approx(469)
    assert all(tier.value for tier in bowl.tiers)


def test_a_medication_visit_is_attended_and_no_dose() -> None:
    """A visit to a prescriber is attendance in all of ours; each adjunct is a target of its own."""
    for name in ("iop-six-weeks", "iop-four-weeks", "iop-adolescents", "iop-step-down"):
        targets = {target.name: target for target in program(name).targets}
        assert targets["medication-visit"].behavior == "attendance"
        assert {"yoga", "emdr"} <= targets.keys()
        assert ("tms" in targets) == (name != "iop-adolescents")


def test_the_step_down_pays_half_of_the_intensive_program() -> None:
    """Each part begins at half the value that it has in the six weeks."""
    intensive, after = program("iop-six-weeks"), program("iop-step-down")
    for target, half in zip(intensive.targets, after.targets, strict=True):
        assert target.name == half.name
        words = {
            "attendance": "attended",
            "homework": "completed",
            "medication": "taken",
            "activity": "verified",
            "test": "negative",
        }
        outcome = [words[target.behavior]]
        full = table(intensive, spread(intensive, target.name, outcome)).rows[0].base
        assert table(after, spread(after, target.name, outcome)).rows[0].base * 2 == full


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_program_means_the_same_in_yaml_and_in_json(path: Path) -> None:
    """Its canonical JSON is read to the same program with the same digest."""
    made = program(path.stem)
    again = decode(encode(made), yaml=False)
    assert again == made
    assert digest(made) == digest(program(path.stem))
