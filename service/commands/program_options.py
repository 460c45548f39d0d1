"""Options of `rewards program`: how a program is judged, shown, forecast and compared."""

from argparse import ArgumentTypeError
from typing import Final, get_args

from schemas.forecasts import PEOPLE_MAX
from schemas.people import Language
from schemas.program import Unit
from schemas.purposes import Purpose
from service.commands.declaring import (
    EXAMPLE_ID,
    Commands,
    Parser,
    add_clinic,
    add_command,
    add_file,
    add_group,
    whole_number,
)

PROGRAM: Final = (
    "the program, in YAML or JSON; mine.cases.json or mine.cases.yaml beside mine.yaml holds its cases"
)


def add_programs(commands: Commands) -> None:
    """Add every action on programs."""
    actions = add_group(
        commands, "program", "write, check, forecast and show programs", "program check mine.yaml"
    )
    _new(actions)
    _check(actions)
    _table(actions)
    _forecast(actions)
    _review(actions)
    _back_test(actions)


def _new(actions: Commands) -> None:
    new = add_command(
        actions,
        "new",
        "program_new:new",
        "ask a few questions and write a program that explains itself",
        "program new mine.yaml",
        "program new mine.yaml --purpose tests --weeks 12 --per-week 2 --start 1000",
        json="{file, program, purpose}",
        stores=False,
    )
    add_file(new, "the file to write")
    new.add_argument("--purpose", choices=get_args(Purpose), help="what it is for; asked for at a terminal")
    new.add_argument("--name", metavar="N", help="its short name (default the file's)")
    new.add_argument("--title", metavar="T", help="its title for people")
    new.add_argument("--weeks", type=_enrollments, metavar="N", help="for how many weeks")
    new.add_argument("--per-week", type=_per_week, metavar="N", help="how many visits a week")
    new.add_argument("--start", type=_amount, metavar="A", help="what the first success pays, in minor units")
    new.add_argument(
        "--unit",
        type=_unit,
        metavar="U",
        default="usd",
        help="usd (the default), points, or a currency such as eur",
    )


def _check(actions: Commands) -> None:
    check = add_command(
        actions,
        "check",
        "program:check",
        "check a program and run the cases beside it",
        "program check mine.yaml",
        "program check mine.yaml --language es",
        json="{program, sound, cases, notes, faults, case_faults}",
        stores=False,
    )
    add_file(check, PROGRAM)
    _language(check, "faults and notes")


def _table(actions: Commands) -> None:
    table = add_command(
        actions,
        "table",
        "program:show_table",
        "check a program and show what each visit earns, of all targets together",
        "program table mine.yaml",
        "program table mine.yaml --outcomes 'negative*9,positive,negative*26'",
        json="{rows, total, totals, welcome}",
        stores=False,
    )
    add_file(table, PROGRAM)
    table.add_argument(
        "--outcomes",
        action="append",
        default=[],
        metavar="O",
        help="the visits, such as negative*9,positive,negative*26, or TARGET=negative*9; repeat it for "
        "several targets (default every visit a success)",
    )
    table.add_argument("--target", metavar="T", help="show this target alone (default all together)")
    _language(table, "the reasons")


def _forecast(actions: Commands) -> None:
    forecast = add_command(
        actions,
        "forecast",
        "program_trial:forecast",
        "forecast what a program costs for so many people who start together",
        "program forecast mine.yaml --people 40",
        "program forecast mine.yaml --people 40 --budget 1200000",
        json="{people, costs, caps, over_budget, model, ...}",
        stores=False,
    )
    add_file(forecast, PROGRAM)
    forecast.add_argument("--people", type=_people, required=True, metavar="N", help="how many people")
    forecast.add_argument(
        "--budget", type=_amount, metavar="A", help="what there is to spend, in minor units"
    )
    forecast.add_argument(
        "--seed", type=_amount, default=1, metavar="N", help="where chance begins (default 1)"
    )


def _review(actions: Commands) -> None:
    review = add_command(
        actions,
        "review",
        "program_trial:review",
        "say how a program stands beside the evidence, each line with its source",
        "program review mine.yaml",
        json="{lines: [{topic, finding, target, text, source}]}",
        stores=False,
    )
    add_file(review, PROGRAM)
    review.add_argument("--point-cents", type=_amount, metavar="C", help="what a point is worth, in cents")
    _language(review, "the lines")


def _back_test(actions: Commands) -> None:
    test = add_command(
        actions,
        "back-test",
        "program_back_test:run",
        "work out what a clinic's people would have earned by a draft; nothing is posted",
        f"program back-test draft.yaml --clinic {EXAMPLE_ID}",
        f"program back-test draft.yaml --clinic {EXAMPLE_ID} --of iop-six-weeks",
        json="{people, is_all, changed, earned, would_earn, items}",
    )
    add_file(test, PROGRAM)
    add_clinic(test)
    test.add_argument(
        "--of", metavar="NAME", help="whose enrollments are folded again (default the draft's own name)"
    )
    test.add_argument(
        "--people", type=_enrollments, default=100, metavar="N", help="how many, newest first (default 100)"
    )


def _amount(text: str) -> int:
    return whole_number(text, 0, 2**31 - 1)


def _unit(text: str) -> Unit:
    from service.core.currencies import is_unit  # noqa: PLC0415  whoever asks for help reads no rules

    if not is_unit(text) or text == "draw":
        message = f"{text!r} is no unit to pay in; write usd, points, or a currency of ISO 4217 such as eur"
        raise ArgumentTypeError(message)
    return text


def _people(text: str) -> int:
    return whole_number(text, 1, PEOPLE_MAX)


def _per_week(text: str) -> int:
    return whole_number(text, 1, 21)


def _enrollments(text: str) -> int:
    return whole_number(text, 1, 500)


def _language(command: Parser, of: str) -> None:
    command.add_argument(
        "--language", choices=get_args(Language), default="en", help=f"language of {of} (default en)"
    )
