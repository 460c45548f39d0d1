"""Consents that subscribers are told of participants, and what was disclosed of whom."""

from uuid import UUID

from msgspec import Struct

from schemas.accounting import Accounting
from schemas.consents import Consent, ConsentPage, DisclosurePage, NewConsent
from service.core.cursors import LIMIT, Page
from service.flows.people.accounting import FIRST, LAST, AccountingFilter, list_accounting
from service.flows.people.consents import (
    ConsentFilter,
    give_consent,
    list_consents,
    list_disclosures,
    read_consent,
    revoke_consent,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.decoding import far_years
from service.web.http.pagination import IdCursor, Limit, MomentCursor, PageQuery, Since
from service.web.http.route import AUDITORS, CLINICIANS, route


class ConsentsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which consents are asked for."""

    participant: UUID | None = None
    subscriber: UUID | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


class AccountingQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which part of an accounting is asked for: from `since` on, and before `until`."""

    since: Since | None = None
    until: Since | None = None
    limit: Limit = LIMIT
    cursor: MomentCursor | None = None


@route(
    "POST",
    "/v1/consents",
    "record_consent",
    roles=CLINICIANS,
    answer=Consent,
    statuses=(201,),
    refusals=("unknown_participant", "unknown_subscriber"),
)
async def give(call: Call, body: NewConsent) -> Answer:
    """Record a consent: a participant agrees that a subscriber is told of them."""
    if far := far_years(body):
        return call.refuse(far)
    return await call.perform(lambda act: give_consent(act, body), lambda made: f"/v1/consents/{made.id}")


@route("GET", "/v1/consents", "list_consents", roles=CLINICIANS | AUDITORS, answer=ConsentPage)
async def find(call: Call, asked: ConsentsQuery) -> Answer:
    """List consents, newest first, with those that hold no more."""
    wanted = ConsentFilter(asked.participant, asked.subscriber)
    return await call.perform(lambda act: list_consents(act, Page(asked.limit, asked.cursor), wanted))


@route(
    "GET",
    "/v1/consents/{consent}",
    "read_consent",
    roles=CLINICIANS | AUDITORS,
    answer=Consent,
    refusals=("not_found",),
)
async def read(call: Call, consent: UUID) -> Answer:
    """Read a consent."""
    return await call.perform(lambda act: read_consent(act, consent))


@route(
    "POST",
    "/v1/consents/{consent}/revoke",
    "revoke_consent",
    roles=CLINICIANS,
    answer=Consent,
    refusals=("not_found", "consent_revoked"),
)
async def revoke(call: Call, consent: UUID) -> Answer:
    """Revoke a consent: it stops at once, for what is queued too."""
    return await call.perform(lambda act: revoke_consent(act, consent))


@route(
    "GET",
    "/v1/participants/{participant}/disclosures",
    "list_disclosures",
    roles=CLINICIANS | AUDITORS,
    answer=DisclosurePage,
    refusals=("not_found",),
)
async def disclosures(call: Call, participant: UUID, asked: PageQuery) -> Answer:
    """List what subscribers were told of a participant, newest first: which, when, under which consent."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_disclosures(act, participant, page))


@route(
    "GET",
    "/v1/participants/{participant}/accounting",
    "account_for_disclosures",
    roles=CLINICIANS | AUDITORS,
    answer=Accounting,
    refusals=("not_found",),
)
async def account(call: Call, participant: UUID, asked: AccountingQuery) -> Answer:
    """List everything that was told of a participant, newest first: to whom, when, what, and what for.

    Notices, files that were handed out, looks in an emergency, and what keys read, which is counted by key,
    kind and local day.
    """
    wanted = AccountingFilter(asked.since or FIRST, asked.until or LAST)
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_accounting(act, participant, page, wanted))
