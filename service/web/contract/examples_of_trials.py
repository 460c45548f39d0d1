"""Examples of forecasts, reviews and back-tests, for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.forecasts import (
    BehaviorModel,
    CapEffect,
    Forecast,
    Habit,
    MonthForecast,
    NewForecast,
    Spread,
    UnitForecast,
)
from schemas.receipts import Money
from schemas.trials import BackTest, BackTested, NewBackTest, NewReview, Review, ReviewLine
from service.core.authoring.habits import PUBLISHED
from service.web.contract.samples import ENROLLMENT, PARTICIPANT, PROGRAM_NAME

MODEL: Final = BehaviorModel(0.95, {"test": Habit(0.9, 0.4)})

BODIES: Final[dict[str, dict[str, object]]] = {
    "forecast_program": {
        "forty people and a budget": NewForecast(PROGRAM_NAME, 40, 1_200_000),
        "as people come here": NewForecast(PROGRAM_NAME, 40, own_history=True),
        "by figures of one's own": NewForecast(PROGRAM_NAME, 10, model=MODEL, seed=7),
    },
    "review_program": {"a published program": NewReview(PROGRAM_NAME)},
    "back_test_program": {"its own earlier versions": NewBackTest(PROGRAM_NAME)},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    Forecast: Forecast(
        40,
        (
            UnitForecast(
                "usd",
                (MonthForecast(1, Spread(289_600, 313_350, 336_900, 313_112, 416_000)),),
                Spread(1_029_750, 1_167_350, 1_308_650, 1_167_000, 2_396_000),
            ),
        ),
        (CapEffect("year", 59_900, 0),),
        0.341,
        is_exact=False,
        model=PUBLISHED,
        model_from="published",
        imagined=10_000,
        shelf_prizes=False,
        seed=1,
    ),
    Review: Review(
        (
            ReviewLine(
                "duration",
                "in_line",
                "It rewards in 24 weeks. Twelve or more are usual, and longer has done better.",
                "Roll JM, Chudzynski J, Cameron JM, Howell DN, McPherson S. Addict Behav 2013;38:2455-2462.",
            ),
        )
    ),
    BackTest: BackTest(
        1,
        is_all=True,
        changed=1,
        earned=(Money("usd", 4300),),
        would_earn=(Money("usd", 5100),),
        items=(
            BackTested(
                ENROLLMENT, PARTICIPANT, 1, date(2026, 3, 2), (Money("usd", 4300),), (Money("usd", 5100),), 0
            ),
        ),
    ),
}
"""One answer of each shape."""
