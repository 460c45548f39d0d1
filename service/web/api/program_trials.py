"""Programs tried before anybody is in them: forecast, looked at beside the evidence, and on the past."""

from functools import partial
from typing import cast

from msgspec import Struct

from schemas.forecasts import BehaviorModel, Forecast, ModelSource, NewForecast
from schemas.program import Program
from schemas.trials import BackTest, NewBackTest, NewReview, Review
from service.core.authoring.forecast import Asked
from service.core.authoring.review import review as review_of
from service.core.refusals import Refused
from service.flows.perform import Act, Done, perform
from service.flows.programs.forecasts import forecast_of
from service.flows.programs.trials import back_test as back_test_of
from service.flows.programs.trials import own_model, point_cents, sound_program
from service.web.http.answers import Answer
from service.web.http.apart import apart
from service.web.http.call import Call
from service.web.http.route import EVERYONE, MANAGERS, route


class _Ready(Struct, frozen=True):
    """What a forecast is worked out from."""

    program: Program
    model: BehaviorModel | None
    model_from: ModelSource


@route(
    "POST",
    "/v1/programs/forecast",
    "forecast_program",
    scope="programs.read",
    roles=EVERYONE,
    answer=Forecast,
    refusals=("unknown_program", "program_faulty"),
)
async def forecast(call: Call, body: NewForecast) -> Answer:
    """Forecast what a program costs for so many people, by month and under its caps; nothing is stored.

    People are imagined by a stated model; the same question with the same seed has the same answer.
    """
    ready = await perform(call.resources.database, call.actor, partial(_ready, body=body))
    if isinstance(ready, Refused):
        return call.refuse(ready)
    found = cast("Done[_Ready]", ready).value  # without an idempotency key nothing is answered again
    asked = Asked(body.people, body.budget, found.model, found.model_from, body.seed)
    made = await apart(lambda: forecast_of(found.program, asked))

    async def answered(_: Act) -> Done[Forecast] | Refused:
        return Done(made)

    return await call.perform(answered)


@route(
    "POST",
    "/v1/programs/review",
    "review_program",
    scope="programs.read",
    speaks=True,
    roles=EVERYONE,
    answer=Review,
    refusals=("unknown_program", "program_faulty"),
)
async def review(call: Call, body: NewReview) -> Answer:
    """Say how a program stands beside the evidence; each line is advice, with its source."""

    async def operation(act: Act) -> Done[Review] | Refused:
        program = await sound_program(act, body.program)
        if isinstance(program, Refused):
            return program
        return Done(review_of(program.value, call.language or "en", await point_cents(act)))

    return await call.perform(operation)


@route(
    "POST",
    "/v1/programs/back-test",
    "back_test_program",
    scope="people.read",
    roles=MANAGERS,
    answer=BackTest,
    refusals=("unknown_program", "program_faulty", "not_found"),
)
async def back_test(call: Call, body: NewBackTest) -> Answer:
    """Work out what people would have earned by other rules; nothing is posted.

    The facts of each enrollment, as they stand, are folded again. Each is named in the audit trail.
    """

    async def operation(act: Act) -> Done[BackTest] | Refused:
        program = await sound_program(act, body.program)
        return program if isinstance(program, Refused) else await back_test_of(act, body, program.value)

    return await call.perform(operation)


async def _ready(act: Act, body: NewForecast) -> Done[_Ready] | Refused:
    program = await sound_program(act, body.program)
    if isinstance(program, Refused):
        return program
    if body.model is not None:
        return Done(_Ready(program.value, body.model, "given"))
    own = await own_model(act, program.value.name) if body.own_history else None
    return Done(_Ready(program.value, own, "published" if own is None else "own"))
