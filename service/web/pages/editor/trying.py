"""A program tried on its page: its cost, how it stands beside the evidence, and on the clinic's past."""

from math import ceil
from typing import Final, assert_never

from markupsafe import Markup
from msgspec import Struct

from schemas.forecasts import PEOPLE_MAX, BehaviorModel, Forecast, UnitForecast
from schemas.program import Program, Unit
from schemas.trials import BackTest, NewBackTest, Review
from service.core.authoring.forecast import Asked
from service.core.authoring.review import review
from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.flows.programs.forecasts import forecast_of
from service.flows.programs.trials import back_test, own_model, point_cents
from service.web.http.apart import apart
from service.web.pages.editor.chart import round_most, short
from service.web.pages.editor.reading import money_in
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.voice import Voice

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720.0, 240.0, 72.0, 12.0, 12.0, 28.0
NARROW: Final = 330.0
PAST_MAX: Final = 100
"""How many enrollments a page folds again."""
GRIDS: Final = 3
PERCENT: Final = 100


class Outlay(Struct, frozen=True):
    """A forecast as its page shows it: charts by unit, and the model in words."""

    found: Forecast
    charts: tuple[tuple[UnitForecast, str, str], ...]
    model: str
    over: str


class Wanted(Struct, frozen=True):
    """What a form asks to be forecast; `is_unread` where it cannot be read."""

    people: int | None = None
    budget: int | None = None
    is_unread: bool = False


def wanted_of(people: str, budget: str, unit: Unit) -> Wanted:
    """Read how many people, and a budget as people write amounts."""
    people, budget = people.strip(), budget.strip()
    if not people:
        return Wanted()
    if not people.isdecimal() or not 1 <= int(people[:6]) <= PEOPLE_MAX:
        return Wanted(is_unread=True)
    try:
        return Wanted(int(people), money_in(budget.replace(",", ""), unit) if budget else None)
    except ValueError:
        return Wanted(is_unread=True)


async def past_of(call: PageCall, program: Program) -> BackTest | None:
    """What those of the program who started last would have earned by it; none where nobody did."""
    asked = NewBackTest(program, people=PAST_MAX)
    found = await call.do(lambda act: back_test(act, asked, program))
    return None if isinstance(found, Refused) else found


async def evidence_of(call: PageCall, program: Program) -> Review:
    """How a program stands beside the evidence, points counted for what they are worth here."""

    async def operation(act: Act) -> Done[int | None] | Refused:
        return Done(await point_cents(act))

    worth = await call.do(operation)
    return review(program, call.voice.language, None if isinstance(worth, Refused) else worth)


async def outlay(call: PageCall, program: Program, wanted: Wanted) -> Outlay | None:
    """Forecast what was asked for, by the clinic's own history where there is enough of it."""
    if wanted.people is None:
        return None

    async def operation(act: Act) -> Done[BehaviorModel | None] | Refused:
        return Done(await own_model(act, program.name))

    found = await call.do(operation)
    model = None if isinstance(found, Refused) else found
    asked = Asked(wanted.people, wanted.budget, model, "published" if model is None else "own")
    made = await apart(lambda: forecast_of(program, asked))
    voice = call.voice
    charts = tuple(
        (
            cost,
            _chart(cost, made.people, voice, WIDTH, "wide-chart"),
            _chart(cost, made.people, voice, NARROW, "narrow-chart"),
        )
        for cost in made.costs
    )
    over = ""
    if made.over_budget is not None and wanted.budget is not None:
        percent = round(made.over_budget * PERCENT)
        spent = voice.money(wanted.budget, made.costs[0].unit)
        over = voice.plain("manage.forecast.over", budget=spent, percent=percent)
    return Outlay(made, charts, _model(program, made, voice), over)


def _model(program: Program, made: Forecast, voice: Voice) -> str:
    kinds = list(dict.fromkeys(target.behavior for target in program.targets))
    habits = " ".join(
        voice.plain(
            "manage.forecast.habit",
            behavior=voice.plain(f"manage.pick.behavior.{kind}").capitalize(),
            good=round(made.model.habits[kind].success_after_success * PERCENT),
            back=round(made.model.habits[kind].success_after_miss * PERCENT),
        )
        for kind in kinds
    )
    percent = round(made.model.keeps_coming * PERCENT)
    match made.model_from:
        case "own":
            return voice.plain("manage.forecast.own", percent=percent, habits=habits)
        case "published" | "given":
            return voice.plain("manage.forecast.published", percent=percent, habits=habits)
        case _ as unreachable:
            assert_never(unreachable)


def _chart(cost: UnitForecast, people: int, voice: Voice, width: float, name: str) -> Markup:
    most = round_most(max(one.spent.high for one in cost.months))
    each = (width - LEFT - RIGHT) / len(cost.months)

    def y(amount: int) -> float:
        return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * amount / most

    parts: list[str] = []
    for place in range(GRIDS + 1):
        amount = most * place // GRIDS
        parts.append(f'<path class="gl" d="M{LEFT:g} {y(amount):.1f}H{width - RIGHT:g}"/>')
        label = short(amount, cost.unit, voice)
        parts.append(f'<text x="{LEFT - 8:g}" y="{y(amount) + 4:.1f}" text-anchor="end">{label}</text>')
    every = ceil(len(cost.months) * 24 / (width - LEFT - RIGHT))
    for number, one in enumerate(cost.months):
        x, high, low = LEFT + each * number, y(one.spent.high), y(one.spent.low)
        tall = max(low - high, 1)
        left, wide, tall = x + each * 0.2, each * 0.6, max(low - high, 1)
        box = f'x="{left:.1f}" y="{high:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
        parts.append(f'<rect class="bar1" {box}/>')
        line = f"M{x + each * 0.12:.1f} {y(one.spent.median):.1f}h{each * 0.76:.1f}"
        parts.append(f'<path class="mid" d="{line}"/>')
        if number % every == 0:
            at = f'x="{x + each / 2:.1f}" y="{HEIGHT - 8:g}"'
            parts.append(f'<text {at} text-anchor="middle">{one.month}</text>')
    title = voice.say("manage.forecast.chart", people=people)
    mark = f"outlay-{cost.unit}-{name}"
    head = (
        f'<svg class="chart {name}" viewBox="0 0 {width:g} {HEIGHT:g}" role="img" aria-labelledby="{mark}">'
    )
    return Markup(f'{head}<title id="{mark}">{title}</title>{"".join(parts)}</svg>')  # noqa: S704  numbers and our own escaped words
