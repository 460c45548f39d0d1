"""What was told is held against the books, and a fault planted in it by hand is found where it lies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.consents import NewConsent
from schemas.verdicts import BookFault
from service.flows.notices.subscribers import ping_subscriber, rotate_secret
from service.flows.people.consents import give_consent, revoke_consent
from service.flows.verify.verify import verify
from tests.flows.conftest import MONDAY
from tests.flows.listening import attempted, listening, queued

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

REWRITE = "update {} set body = convert_to(replace(convert_from(body, 'utf8'), '{}', '{}'), 'utf8')"

FAULTS = [
    # what is planted, and the table that is named
    ("update notices set seq = seq + 1000", "notices"),
    ("update notices set at = at + interval '1 second'", "notices"),
    ("update notices set body = '[]'", "notices"),
    (REWRITE.format("notices", "amount", "name"), "notices"),
    ("update subscriber_heads set read_seq = 1000", "subscriber_heads"),
    ("update subscriber_heads set sequence = sequence + 1", "subscriber_heads"),
    ("delete from subscriber_heads", "subscriber_heads"),
    ("update subscribers set url = url || 'x'", "subscribers"),
    ("update subscribers set secret = url", "subscribers"),
    ("update subscribers set old_secret = ''", "subscribers"),
    ("delete from deliveries where sequence = 2", "deliveries"),
    ("delete from deliveries where sequence = 4", "subscriber_heads"),
    ("update deliveries set type = 'test.ping'", "deliveries"),
    ("update deliveries set participant_id = gen_random_uuid() where sequence = 2", "deliveries"),
    ("update deliveries set body = overlay(body placing 'x' from 3)", "deliveries"),
    (REWRITE.format("deliveries", '"sequence"', '"outcome":"negative","sequence"'), "deliveries"),
    (REWRITE.format("deliveries", "prohibits", "allows"), "deliveries"),
    ("delete from disclosures", "disclosures"),
    ("update disclosures set participant_id = gen_random_uuid()", "disclosures"),
    ("update disclosures set subscriber_id = gen_random_uuid()", "disclosures"),
    ("update disclosures set consent_id = gen_random_uuid()", "disclosures"),
    ("update disclosures set at = at - interval '1 hour'", "disclosures"),
    ("update consents set revoked_at = null, revoked_by = null", "consents"),
    ("update consents set revoked_at = revoked_at + interval '1 day'", "consents"),
    ("update consents set expires_on = '2030-01-01'", "consents"),
    ("update consents set purpose = purpose || 'x'", "consents"),
]


@pytest.fixture
async def told(scene: Scene) -> Scene:
    """Give a clinic where a subscriber was told of an event, the first notice of which arrived."""
    enrollment = await scene.enrolled()
    subscriber = await listening(scene, consent=True)
    new = NewConsent(enrollment.participant, subscriber.id, "Shared care.")
    consent = await scene.value(lambda act: give_consent(act, new))
    await scene.record(enrollment.id, "negative")
    await scene.value(lambda act: ping_subscriber(act, subscriber.id))
    first, second, *_ = await queued(scene, subscriber)
    await attempted(scene, first, "delivered")
    await attempted(scene, second, "failed", due_at=MONDAY + timedelta(seconds=5))
    await scene.value(lambda act: revoke_consent(act, consent.id))
    await scene.value(lambda act: rotate_secret(act, subscriber.id))
    return scene


async def fault_of(scene: Scene) -> BookFault | None:
    """Work the clinic's books out again."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    return verdict.fault


async def test_verify_is_clean_over_notices_as_made(told: Scene) -> None:
    """Nothing is found where nothing was planted."""
    assert await fault_of(told) is None


@pytest.mark.parametrize(("fault", "table"), FAULTS, ids=[fault for fault, _ in FAULTS])
async def test_a_planted_fault_is_found_where_it_lies(
    told: Scene, planting: asyncpg.Connection, fault: str, table: str
) -> None:
    """By hand, past every grant."""
    assert not (await planting.execute(fault)).endswith(" 0")
    found = await fault_of(told)
    assert found is not None
    assert found.table == table
