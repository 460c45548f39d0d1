"""What the database refuses, whatever is asked of it: each statement breaks one rule of the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.shelf import NewCodes, NewRedemption
from service.flows.shelf.redemptions import redeem
from service.flows.shelf.rewards import add_codes

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

COPY = "insert into {table} select (jsonb_populate_record(r, '{changed}')).* from {table} as r limit 1"


def copied(table: str, **changed: str) -> str:
    """Insert a row again with some other values."""
    values = ", ".join(f'"{name}": "{value}"' for name, value in changed.items())
    return COPY.format(table=table, changed=f"{{{values}}}")


NEW = "01900000-0000-7000-8000-00000000dead"
BROKEN = {
    "balances_add_up": "update balances set earned = earned + 1",
    "balances_available_not_negative": "update balances set given = given + available + 1, available = -1",
    "balances_held_not_negative": "update balances set available = available + held + 1, held = -1",
    "balances_given_not_negative": "update balances set available = available + given + 1, given = -1",
    "balances_unit_has_its_form": "update balances set unit = 'euro'",
    "transfers_amount_is_positive": "update transfers set amount = 0",
    "transfers_move_between_two_accounts": "update transfers set source = 'given' where cause = 'redemption'",
    "transfers_accounts_are_known": "update transfers set destination = 'pocket' where cause = 'redemption'",
    "transfers_cause_is_known": "update transfers set cause = 'gift'",
    "events_reference_is_unique": copied("events", event_id=NEW, fact_no="99"),
    "events_fact_no_is_unique": copied("events", event_id=NEW, reference="another"),
    "events_effect_is_known": "update events set effect = 'good'",
    "enrollments_one_open_a_program": copied("enrollments", enrollment_id=NEW),
    "seeds_one_unrevealed": copied("seeds", seed_id=NEW),
    "seeds_revealed_after_commitment": "update seeds set revealed_at = committed_at - interval '1 second'",
    "reward_codes_code_is_unique": copied("reward_codes", code_id=NEW),
    "reward_codes_given_once": "update reward_codes set prize_id = code_id where redemption_id is not null",
    "rewards_category_is_allowed": "update rewards set category = 'tobacco'",
}
"""A statement for each rule, by the rule's name."""


@pytest.fixture
async def books(scene: Scene) -> None:
    """Fill a clinic's books: a visit under a reference, and a code that was given."""
    enrollment = await scene.enrolled(welcome=1000)
    await scene.record(enrollment.id, "negative")
    reward = await scene.code_reward()
    await scene.value(lambda act: add_codes(act, reward.id, NewCodes(("A-1", "A-2"))))
    await scene.value(lambda act: redeem(act, NewRedemption(enrollment.participant, reward.id)))


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("rule", BROKEN)
async def test_a_rule_holds_without_the_service(planting: asyncpg.Connection, rule: str) -> None:
    """Past every grant and every check of ours."""
    begun = planting.transaction()
    await begun.start()
    try:
        await planting.execute("update events set reference = 'lab-1'")
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
            await planting.execute(BROKEN[rule])
    finally:
        await begun.rollback()
    assert refused.value.constraint_name == rule
