"""A minor is enrolled once a parent or guardian consented; a consent that was withdrawn lets nobody begin."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from schemas.erasures import NewErasure
from schemas.guardians import GuardianNeed, NewGuardianConsent, NewGuardianRule
from schemas.people import NewEnrollment, NewParticipant
from service.core.guardians import needs_consent
from service.flows.people.enrollments import open_enrollment
from service.flows.people.erasures import approve_erasure, propose_erasure
from service.flows.people.guardians import (
    list_guardian_consents,
    list_guardian_rules,
    record_guardian_consent,
    set_guardian_rule,
    withdraw_guardian_consent,
)
from service.flows.people.participants import register_participant
from service.flows.people.whole_record import read_whole_record
from tests.flows.conftest import TODAY, count

if TYPE_CHECKING:
    from uuid import UUID

    from tests.flows.conftest import Scene

MOTHER = NewGuardianConsent("Ana Lopez", "parent", TODAY)
NEEDED = ("guardian_consent_needed", ("$.participant",))


async def born(scene: Scene, year: int | None, reference: str = "P-1") -> UUID:
    """Register somebody born in a year."""
    new = NewParticipant(reference, birth_year=year)
    return (await scene.value(lambda act: register_participant(act, new))).id


async def barred(scene: Scene, who: UUID) -> tuple[str, tuple[str, ...]]:
    """Try to enroll somebody."""
    return await scene.refusal(lambda act: open_enrollment(act, NewEnrollment(who, "ladder", TODAY)))


async def enrolled(scene: Scene, who: UUID) -> None:
    """Enroll somebody."""
    await scene.value(lambda act: open_enrollment(act, NewEnrollment(who, "ladder", TODAY)))


async def test_a_minor_begins_with_a_consent_that_stands(scene: Scene) -> None:
    """Withdrawn it lets nobody begin, and is on record with who recorded it; another one does."""
    await scene.program()
    who = await born(scene, TODAY.year - 15)
    assert await barred(scene, who) == NEEDED
    given = await scene.value(lambda act: record_guardian_consent(act, who, MOTHER))
    gone = await scene.value(lambda act: withdraw_guardian_consent(act, given.id))
    assert (gone.withdrawn_at, gone.withdrawn_by) == (scene.clock.now, scene.actor().id)
    assert await barred(scene, who) == NEEDED
    again = await scene.refusal(lambda act: withdraw_guardian_consent(act, given.id))
    assert again[0] == "already_settled"
    other = replace(MOTHER, guardian="Luis Lopez")
    await scene.value(lambda act: record_guardian_consent(act, who, other), "front_desk")
    await enrolled(scene, who)
    kept = await scene.value(lambda act: list_guardian_consents(act, who))
    assert [(one.guardian, one.withdrawn_at is None) for one in kept.items] == [
        ("Luis Lopez", True),
        ("Ana Lopez", False),
    ]


@pytest.mark.parametrize(
    ("need", "years", "needed"),
    [
        ("minors", 15, True),
        ("minors", 18, True),
        ("minors", 19, False),
        ("minors", None, False),
        ("everybody", None, True),
        ("everybody", 19, False),
        ("nobody", 15, False),
    ],
)
def test_who_needs_it_follows_from_the_rule_and_the_year(
    need: GuardianNeed, years: int | None, *, needed: bool
) -> None:
    """Who turns 18 in the year may still be 17; a known adult never needs one."""
    assert needs_consent(need, None if years is None else 2026 - years, 2026) is needed


async def test_a_program_s_rule_goes_before_the_clinic_s_and_the_newest_holds(scene: Scene) -> None:
    """An adolescents' program asks it of everybody whose year is not known."""
    await scene.program()
    who = await born(scene, None)
    for new in (NewGuardianRule("everybody"), NewGuardianRule("nobody", "ladder")):
        await scene.value(lambda act, new=new: set_guardian_rule(act, new))  # type: ignore[misc]
    assert len((await scene.value(list_guardian_rules)).items) == 2
    await scene.value(lambda act: set_guardian_rule(act, NewGuardianRule("everybody", "ladder")))
    assert await barred(scene, who) == NEEDED
    await scene.value(lambda act: set_guardian_rule(act, NewGuardianRule("nobody", "ladder")))
    await enrolled(scene, who)
    nowhere = NewGuardianRule("minors", "nowhere")
    refusal = await scene.refusal(lambda act: set_guardian_rule(act, nowhere))
    assert refusal == ("unknown_program", ("$.program",))


async def test_whoever_turned_18_consents_themselves_and_nobody_younger_does(scene: Scene) -> None:
    """By the year alone nobody knows the day, so the desk says it; a day to come is no consent."""
    await scene.program()
    of_age, young = await born(scene, TODAY.year - 18), await born(scene, TODAY.year - 17, "P-2")
    own = NewGuardianConsent("Maria Lopez", "self", TODAY)
    await scene.value(lambda act: record_guardian_consent(act, of_age, own))
    await enrolled(scene, of_age)
    refusal = await scene.refusal(lambda act: record_guardian_consent(act, young, own))
    assert refusal == ("invalid", ("$.relation",))
    ahead = replace(MOTHER, consented_on=TODAY + timedelta(days=2))
    refusal = await scene.refusal(lambda act: record_guardian_consent(act, young, ahead))
    assert refusal == ("invalid", ("$.consented_on",))


async def test_a_guardian_s_name_is_sealed_in_the_record_and_gone_with_an_erasure(scene: Scene) -> None:
    """Nobody reads it in the tables; another clinic finds none of it."""
    who = await born(scene, TODAY.year - 15)
    given = await scene.value(lambda act: record_guardian_consent(act, who, MOTHER))
    async with scene.database.transaction(scene.clinic) as tx:
        assert b"Ana" not in await tx.connection.fetchval("select guardian from guardian_consents")
    elsewhere = await scene.elsewhere()
    assert (await elsewhere.refusal(lambda act: list_guardian_consents(act, who)))[0] == "not_found"
    assert (await elsewhere.refusal(lambda act: withdraw_guardian_consent(act, given.id)))[0] == "not_found"
    assert "Ana Lopez" in (await scene.value(lambda act: read_whole_record(act, who))).words
    proposed = await scene.value(lambda act: propose_erasure(act, who, NewErasure("They asked for it.")))
    await scene.by_another(lambda act: approve_erasure(act, proposed.id))
    assert await count(scene, "guardian_consents") == 0
