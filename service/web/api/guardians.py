"""Consent of a parent or guardian before a minor is enrolled."""

from uuid import UUID

from schemas.guardians import (
    GuardianConsent,
    GuardianConsents,
    GuardianRule,
    GuardianRules,
    NewGuardianConsent,
    NewGuardianRule,
)
from service.flows.people.guardians import (
    list_guardian_consents,
    list_guardian_rules,
    record_guardian_consent,
    set_guardian_rule,
    withdraw_guardian_consent,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import DESK, MANAGERS, READERS, route


@route(
    "POST",
    "/v1/guardian-rules",
    "set_guardian_rule",
    roles=MANAGERS,
    answer=GuardianRule,
    statuses=(201,),
    refusals=("unknown_program",),
)
async def rule(call: Call, body: NewGuardianRule) -> Answer:
    """Set who needs a guardian's consent before they are enrolled: in one program, or in all without a rule.

    Without any rule minors need it, by the year of birth where it is kept. The newest rule holds.
    """
    return await call.perform(lambda act: set_guardian_rule(act, body))


@route("GET", "/v1/guardian-rules", "list_guardian_rules", roles=READERS, answer=GuardianRules)
async def rules(call: Call) -> Answer:
    """List the rules that hold: the clinic's own, and those of programs."""
    return await call.perform(list_guardian_rules)


@route(
    "POST",
    "/v1/participants/{participant}/guardian-consents",
    "record_guardian_consent",
    roles=DESK,
    answer=GuardianConsent,
    statuses=(201,),
    refusals=("not_found",),
)
async def add(call: Call, participant: UUID, body: NewGuardianConsent) -> Answer:
    """Record that a participant's parent or guardian consented; it stands until it is withdrawn."""
    return await call.perform(lambda act: record_guardian_consent(act, participant, body))


@route(
    "GET",
    "/v1/participants/{participant}/guardian-consents",
    "list_guardian_consents",
    roles=READERS,
    answer=GuardianConsents,
    refusals=("not_found",),
)
async def find(call: Call, participant: UUID) -> Answer:
    """List the consents of a participant's parents and guardians, newest first."""
    return await call.perform(lambda act: list_guardian_consents(act, participant))


@route(
    "POST",
    "/v1/guardian-consents/{guardian_consent}/withdraw",
    "withdraw_guardian_consent",
    roles=DESK,
    answer=GuardianConsent,
    refusals=("not_found", "already_settled"),
)
async def withdraw(call: Call, guardian_consent: UUID) -> Answer:
    """Record that a consent was withdrawn: nobody is enrolled on it any more; open enrollments go on."""
    return await call.perform(lambda act: withdraw_guardian_consent(act, guardian_consent))
