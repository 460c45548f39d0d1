"""Forecasts with chance that begins at a seed, so that the same question has the same answer."""

from random import Random

from schemas.forecasts import Forecast
from schemas.program import Program
from service.core.authoring.forecast import Asked, forecast


def forecast_of(program: Program, asked: Asked) -> Forecast:
    """Forecast what a program costs; it takes a second or so, and asks no store."""
    # It decides nobody's reward, so it need be repeatable and not secret.
    return forecast(program, asked, Random(asked.seed).random)  # noqa: S311
