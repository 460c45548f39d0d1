"""Above a limit another person replaces or takes back, and items move in the stock with their reason."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg
import pytest

from schemas.redemption_changes import (
    NewReplacement,
)
from schemas.shelf import RewardChange, StockChange
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.shelf.lost_rewards import replace_redemption
from service.flows.shelf.redemption_changes import (
    list_redemption_changes,
    read_redemption_change,
)
from service.flows.shelf.rewards import change_reward, change_stock
from service.flows.shelf.second_person_limits import list_second_person_limits
from tests.flows import giving
from tests.flows.changing import (
    CODES,
    WHY,
    accounts,
    approving,
    card,
    changes,
    given,
    left,
    limited,
    reading,
    refusing,
    replacing,
    taking_back,
)

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_above_the_limit_another_person_replaces(scene: Scene) -> None:
    """Nothing changes until somebody else approves; meanwhile nothing else is asked for."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await card(scene)
    first = await given(scene, who, reward.id)
    await limited(scene, 2499)
    proposed = await scene.done(replacing(first.id))
    assert (proposed.made, proposed.value.codes, proposed.value.void_codes) == ("proposed", (CODES[0],), ())
    change = proposed.value.change
    for step in (replacing(first.id, another=True), taking_back(first.id)):
        assert await scene.refusal(step) == ("already_changed", ())
    for own in (approving(change), refusing(change)):
        assert await scene.refusal(own) == ("same_person", ())
    approved = await scene.by_another(approving(change))
    assert (approved.status, approved.alone, approved.settled_by) == ("approved", False, scene.another.id)
    stands = await scene.value(reading(first.id))
    assert (stands.codes, stands.void_codes) == ((CODES[1],), (CODES[0],))
    for late in (approving(change), refusing(change)):
        answer = await scene.ask_another(late)
        assert isinstance(answer, Refused)
        assert answer.code == "already_settled"


async def test_refused_change_leaves_the_card_and_another_may_be_asked_for(scene: Scene) -> None:
    """The price stays given; what is asked for anew can be approved."""
    who = (await scene.enrolled(welcome=10_000)).participant
    first = await given(scene, who, (await card(scene)).id)
    await limited(scene, 0)
    change = (await scene.value(taking_back(first.id))).change
    refused = await scene.by_another(refusing(change))
    assert (refused.status, refused.refusal) == ("refused", "It was found")
    assert await accounts(scene, who) == (7500, 0, 2500, 10_000)
    anew = (await scene.value(taking_back(first.id))).change
    await scene.by_another(approving(anew))
    assert await accounts(scene, who) == (10_000, 0, 0, 10_000)


async def test_limit_counts_all_replacements_of_a_redemption(scene: Scene) -> None:
    """Nobody gives out card after card alone for one redemption."""
    who = (await scene.enrolled(welcome=10_000)).participant
    first = await given(scene, who, (await card(scene)).id)
    await limited(scene, 5000)
    made = [(await scene.done(replacing(first.id, another=True))).made for _ in range(3)]
    assert made == ["done", "done", "proposed"]
    listed = (await scene.value(changes(first.id))).items
    assert [(one.counted, one.limit, one.alone) for one in listed] == [
        (7500, 5000, False),
        (5000, 5000, True),
        (2500, 5000, True),
    ]


@pytest.mark.parametrize("is_replaced", [True, False])
async def test_what_cost_little_and_is_worth_much_takes_another_person(
    scene: Scene, *, is_replaced: bool
) -> None:
    """A card for one point counts at its fair value, over all that one person does on a day."""
    who = (await scene.enrolled()).participant
    await giving.credited(scene, who, 10)
    reward = await giving.card(scene, 1, "points", 4000)
    cards = [await given(scene, who, reward.id) for _ in range(3)]
    steps = [replacing(one.id) if is_replaced else taking_back(one.id) for one in cards]
    made = [(await scene.done(step)).made for step in steps]
    assert made == ["done", "done", "proposed"]
    if is_replaced:
        assert (await scene.done(replacing(cards[0].id, another=True))).made == "proposed"


async def test_a_fair_value_that_rose_counts_for_what_is_replaced(scene: Scene) -> None:
    """What leaves now is worth what it is worth now."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await card(scene, price=100)
    first = await given(scene, who, reward.id)
    await scene.value(lambda act: change_reward(act, reward.id, RewardChange(fair_value=10_001), 1))
    assert (await scene.done(replacing(first.id))).made == "proposed"


async def test_a_new_clinic_has_limits_and_a_manager_sets_others(scene: Scene) -> None:
    """The newest of a unit holds."""
    before = await scene.value(list_second_person_limits)
    assert [(one.unit, one.amount, one.set_at) for one in before.items] == [
        ("usd", 10_000, None),
        ("points", 10_000, None),
        ("draw", 10, None),
    ]
    await limited(scene, 1)
    await limited(scene, 2)
    after = await scene.value(list_second_person_limits)
    assert (after.items[0].amount, after.items[0].set_by) == (2, scene.another.id)


async def test_broken_item_is_replaced_from_the_stock(scene: Scene) -> None:
    """The piece that leaves has its reason; without one on the shelf nothing is replaced."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await scene.reward(500, stock=3)
    mug = await given(scene, who, reward.id, 2)
    one = NewReplacement(WHY, pieces=1)
    await scene.value(lambda act: replace_redemption(act, mug.id, one))
    assert await left(scene, reward.id) == 0
    more = NewReplacement(WHY, pieces=3, another=True)
    assert await scene.refusal(lambda act: replace_redemption(act, mug.id, more)) == (
        "invalid",
        ("$.pieces",),
    )
    assert await scene.refusal(replacing(mug.id, another=True)) == ("out_of_stock", ())
    assert await scene.refusal(replacing(mug.id, "CODE-1")) == ("invalid", ("$.codes",))


@pytest.mark.parametrize(("restock", "stock"), [(False, 1), (True, 3)])
async def test_item_that_is_taken_back_goes_on_the_shelf_where_that_is_said(
    scene: Scene, *, restock: bool, stock: int
) -> None:
    """A broken one is gone, and a whole one can be had again."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await scene.reward(500, stock=3)
    mug = await given(scene, who, reward.id, 2)
    await scene.value(taking_back(mug.id, restock=restock))
    assert await left(scene, reward.id) == stock
    assert await accounts(scene, who) == (10_000, 0, 0, 10_000)


async def test_item_that_nobody_counts_stays_uncounted(scene: Scene) -> None:
    """Counting can begin afterwards, and comes out right."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await scene.reward(500)
    mugs = [await given(scene, who, reward.id) for _ in range(2)]
    await scene.value(replacing(mugs[0].id))
    await scene.value(taking_back(mugs[1].id))
    assert await left(scene, reward.id) is None
    await scene.value(lambda act: change_stock(act, reward.id, StockChange(5, "Counted")))
    await scene.value(taking_back(mugs[0].id, restock=True))
    assert await left(scene, reward.id) == 6


async def test_code_never_goes_back_on_the_shelf(scene: Scene) -> None:
    """Somebody may have seen it."""
    who = (await scene.enrolled(welcome=10_000)).participant
    first = await given(scene, who, (await card(scene)).id)
    assert await scene.refusal(taking_back(first.id, restock=True)) == ("invalid", ("$.restock",))


async def test_changes_are_read_listed_and_audited_without_their_words(scene: Scene) -> None:
    """Newest first, by status too; the trail names ids and numbers only."""
    who = (await scene.enrolled(welcome=10_000)).participant
    first = await given(scene, who, (await card(scene)).id)
    done = (await scene.value(replacing(first.id))).change
    await limited(scene, 0)
    waits = (await scene.value(taking_back(first.id))).change
    assert done is not None
    assert waits is not None
    for status, ids in (("proposed", [waits]), ("approved", [done]), (None, [waits, done])):
        page = await scene.value(lambda act, one=status: list_redemption_changes(act, Page(), status=one))  # type: ignore[misc]
        assert [one.id for one in page.items] == ids
    assert (await scene.value(lambda act: read_redemption_change(act, done))).reason == WHY
    assert await scene.refusal(lambda act: read_redemption_change(act, uuid4())) == ("not_found", ())
    async with scene.database.transaction(scene.clinic) as tx:
        told = await tx.connection.fetch("select deed, detail from audit where subject_id = $1", done)
        kept = await tx.connection.fetchval("select reason from redemption_changes limit 1")
    assert [one["deed"] for one in told][:2] == ["redemption_change.proposed", "redemption_change.approved"]
    assert not any(WHY in one["detail"] or CODES[0] in one["detail"] for one in told)
    assert WHY.encode() not in kept


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("update redemption_changes set counted = 3000, alone_max = 2500", "alone_up_to_the_limit"),
        ("update redemption_changes set settled_by = gen_random_uuid()", "settled_by_another_person"),
        ("update redemption_changes set alone = false", "settled_by_another_person"),
        ("update redemption_changes set restocked = true", "only_restock_what_comes_back"),
        ("insert into void_codes select * from void_codes", "void_codes_key"),
    ],
)
async def test_table_holds_the_rule_by_itself(
    scene: Scene, planting: asyncpg.Connection, statement: str, constraint: str
) -> None:
    """The core's rule stands once more as a constraint of the table."""
    who = (await scene.enrolled(welcome=10_000)).participant
    first = await given(scene, who, (await card(scene)).id)
    await scene.value(replacing(first.id))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await planting.execute(statement)
