"""What goes out to people whom one person of the staff alone has had to do with, all of them together."""

from collections.abc import Iterable
from typing import Final

from schemas.currencies import Currency
from schemas.second_looks import SecondPersonRules
from service.core.refusals import Amount, Refused, refused

UNSEEN_DAYS: Final = 7
"""Over how many days it is counted what went out to people whom one person alone has had to do with."""


def may_go_unseen(
    rules: SecondPersonRules, roles: Iterable[str | None], given: int, worth: int, currency: Currency
) -> Refused | None:
    """Whether something goes out to somebody whom one person alone, of these `roles`, has had to do with.

    `given` went out in `UNSEEN_DAYS` to all such people of that person, and `worth` is to; both in a
    `currency`, for each of which the bound holds by itself, in its minor units.
    People can be made up: each is given little, and no bound of one participant sees them together.
    """
    limit = rules.unseen_usd_max
    if limit is None or given + worth <= limit or any(role not in rules.roles for role in roles):
        return None
    return refused("second_person_needed.unseen", limit=Amount(limit, currency), days=UNSEEN_DAYS)
