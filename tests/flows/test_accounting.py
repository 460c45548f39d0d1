"""The accounting of disclosures has everything that was told of somebody, and nothing of anybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from schemas.consents import NewConsent
from schemas.keys import NewKey
from schemas.merges import NewMerge
from service.core.actors import Actor
from service.core.cursors import Page
from service.flows.access.keys import issue_key
from service.flows.ledger.balances import BalanceReader, ToRead
from service.flows.people.accounting import AccountingFilter, list_accounting, release_file
from service.flows.people.consents import give_consent
from service.flows.people.merges import merge_participants
from service.store.database.ids import new_id
from tests.flows.conftest import MONDAY
from tests.flows.listening import attempted, listening, queued

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.accounting import AccountedDisclosure
    from tests.flows.conftest import Scene


async def told(scene: Scene, who: UUID, page: Page = Page()) -> list[AccountedDisclosure]:  # noqa: B008
    """Read the accounting of somebody, as an auditor does."""
    found = await scene.value(lambda act: list_accounting(act, who, page, AccountingFilter()), "auditor")
    return list(found.items)


async def reader(scene: Scene) -> Actor:
    """Make the key of another system."""
    made = await scene.value(lambda act: issue_key(act, NewKey("integration", "Main Street EHR")))
    return Actor(scene.clinic, made.id, "integration")


async def test_every_way_of_telling_is_accounted_for(scene: Scene) -> None:
    """A notice with its consent's purpose, a file with its own, and a key's readings by local day."""
    enrollment = await scene.enrolled()
    who = enrollment.participant
    subscriber = await listening(scene, "award.posted", consent=True)
    new = NewConsent(who, subscriber.id, "Shared care.")
    consent = await scene.value(lambda act: give_consent(act, new))
    await scene.record(enrollment.id, "negative")
    (delivery,) = await queued(scene, subscriber)
    await attempted(scene, delivery, "delivered")
    scene.clock.now += timedelta(minutes=1)
    await scene.value(lambda act: release_file(act, [who], "tax_report", "Taxes of 2026"))
    key, balances = await reader(scene), BalanceReader(scene.database)
    for _ in range(3):
        scene.clock.now += timedelta(minutes=1)
        await balances.read(scene.clinic, [ToRead(key, who)])
    scene.clock.now += timedelta(days=1)
    await balances.read(scene.clinic, [ToRead(key, who)])
    # Staff who look at the same do their work: nothing is told to anybody.
    await balances.read(scene.clinic, [ToRead(scene.actor("clinician"), who)])
    found = await told(scene, who)
    assert [(one.how, one.what, one.times, one.recipient, one.purpose, one.consent) for one in found] == [
        ("key", "balance.read", 1, "Main Street EHR", None, None),
        ("key", "balance.read", 3, "Main Street EHR", None, None),
        ("export", "tax_report", 1, None, "Taxes of 2026", None),
        ("notice", "award.posted", 1, subscriber.url, "Shared care.", consent.id),
    ]
    assert found[1].at == MONDAY + timedelta(minutes=4)
    assert (await scene.deeds())[-1] == "accounting.read"
    two = await scene.value(lambda act: list_accounting(act, who, Page(2), AccountingFilter()))
    rest = await told(scene, who, Page(2, two.next_cursor))
    assert [*two.items, *rest] == found
    late = AccountingFilter(since=found[0].at)
    of_today = await scene.value(lambda act: list_accounting(act, who, Page(), late))
    assert [one.at for one in of_today.items] == [found[0].at]


async def test_it_is_of_one_person_with_the_charts_that_lead_to_them(scene: Scene) -> None:
    """What was told under a chart that ended is theirs; another's is not."""
    kept, ended, other = [await scene.participant(f"A-{number}") for number in range(3)]
    for who in (ended, other):
        await scene.value(lambda act, who=who: release_file(act, [who], "tax_report", "Taxes"))  # type: ignore[misc]
    await scene.value(lambda act: merge_participants(act, kept, NewMerge(ended)))
    (only,) = await told(scene, kept)
    assert (only.participant, only.how) == (kept, "export")
    assert [one.id for one in await told(scene, ended)] == [only.id]
    refusal = await scene.refusal(lambda act: list_accounting(act, new_id(), Page(), AccountingFilter()))
    assert refusal == ("not_found", ())
