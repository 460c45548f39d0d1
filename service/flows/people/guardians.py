"""Consent of a parent or guardian: recorded, withdrawn, and asked for before a minor is enrolled."""

from uuid import UUID

from msgspec.structs import replace

from schemas.guardians import (
    GuardianConsent,
    GuardianConsents,
    GuardianRule,
    GuardianRules,
    NewGuardianConsent,
    NewGuardianRule,
)
from service.core.calendar import local_day
from service.core.guardians import may_be_of_age, need_of, needs_consent
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import charts, clinics, guardian_consents, participants, programs

CONSENTS_MAX = 50
"""How many consents somebody may have on record."""


async def set_guardian_rule(act: Act, new: NewGuardianRule) -> Done[GuardianRule] | Refused:
    """Set who needs a guardian's consent from now on; nobody who is enrolled is touched."""
    if new.program is not None and await programs.latest(act, new.program) is None:
        return refused("unknown_program.unpublished", "$.program", program=new.program)
    made = GuardianRule(act.new_id(), new.need, act.now, act.actor.id, new.program)
    await guardian_consents.set_rule(act, made)
    act.audit("guardian_rule.set", made.id, program=made.program or "", need=made.need)
    return Done(made, "created")


async def list_guardian_rules(act: Act) -> Done[GuardianRules]:
    """The rules that hold."""
    return Done(GuardianRules(tuple(await guardian_consents.rules(act))))


async def record_guardian_consent(
    act: Act, participant_id: UUID, new: NewGuardianConsent
) -> Done[GuardianConsent] | Refused:
    """Record who consented for a participant, what they are to them, and when."""
    participant = await charts.lock_person(act, participant_id)
    if participant is None:
        return refused("not_found.participant")
    today = local_day(act.now, await clinics.zone(act))
    if new.consented_on > today:
        return refused("invalid.consented_in_future", "$.consented_on", day=today)
    born = (await participants.birth_years(act, [participant])).get(participant)
    if new.relation == "self" and not may_be_of_age(born, today.year):
        return refused("invalid.consents_too_young", "$.relation")
    own = await guardian_consents.of_charts(act, await charts.charts(act, participant), CONSENTS_MAX)
    if len(own) >= CONSENTS_MAX:
        return refused("invalid.guardian_consents_many", "$", most=CONSENTS_MAX)
    made = GuardianConsent(
        act.new_id(), participant, new.guardian, new.relation, new.consented_on, act.now, act.actor.id
    )
    await guardian_consents.insert(act, made)
    act.audit("guardian_consent.given", made.id, participant, on=made.consented_on.isoformat())
    return Done(made, "created")


async def withdraw_guardian_consent(act: Act, consent: UUID) -> Done[GuardianConsent] | Refused:
    """Record that a consent was withdrawn: it stays on record, and nobody is enrolled on it any more."""
    known = await guardian_consents.find(act, consent)
    if known is None:
        return refused("not_found.guardian_consent")
    await charts.lock_person(act, known.participant)
    known = await guardian_consents.find(act, consent) or known
    if known.withdrawn_at is not None:
        return refused("already_settled.guardian_consent")
    await guardian_consents.withdraw(act, consent, act.actor.id)
    act.audit("guardian_consent.withdrawn", consent, known.participant)
    return Done(replace(known, withdrawn_at=act.now, withdrawn_by=act.actor.id))


async def list_guardian_consents(act: Act, participant_id: UUID) -> Done[GuardianConsents] | Refused:
    """The consents for a participant, newest first; that they were read is told."""
    who = (await charts.leads_to(act, [participant_id])).get(participant_id)
    if who is None:
        return refused("not_found.participant")
    found = await guardian_consents.of_charts(act, await charts.charts(act, who), CONSENTS_MAX)
    act.audit("guardian_consent.listed", who, who, count=len(found))
    return Done(GuardianConsents(tuple(found)))


async def refuse_without_guardian(act: Act, participant: UUID, program: str) -> Refused | None:
    """Why somebody is not enrolled before a guardian consented; none where they may begin."""
    need = need_of(await guardian_consents.rules(act), program)
    born = (await participants.birth_years(act, [participant])).get(participant)
    if not needs_consent(need, born, local_day(act.now, await clinics.zone(act)).year):
        return None
    own = await guardian_consents.of_charts(act, await charts.charts(act, participant), CONSENTS_MAX)
    if any(one.withdrawn_at is None for one in own):
        return None
    return refused("guardian_consent_needed", "$.participant")
