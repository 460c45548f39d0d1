"""The closed lists of words that columns hold are those of the code."""

from __future__ import annotations

import re
from typing import Any, get_args

import asyncpg
import pytest

from schemas.books import AccountName, Cause
from schemas.caps import CapPercent
from schemas.checkpoints import CheckpointReason
from schemas.consents import ConsentKind, SignedHow
from schemas.corrections import CorrectionKind
from schemas.draws import PrizeStatus
from schemas.guardians import GuardianNeed, GuardianRelation
from schemas.inbound import EffectKind, MessageStatus
from schemas.keys import Scope
from schemas.new_addresses import AddressChannel
from schemas.openings import OpeningStatus
from schemas.people import Language, ParticipantStatus, Role
from schemas.program import Effect, Unit
from schemas.proposals import ProposalStatus
from schemas.providers import DifferenceKind, ProviderName
from schemas.receipts import AwardKind
from schemas.redemption_changes import RedemptionChangeKind
from schemas.reminders import LeaveSaidHow, ReminderChannel, ReminderKind, ReminderStatus
from schemas.restrictions import RestrictionStatus
from schemas.saved_reports import Beside, MailEvery, SavedPeriod, SavedReportKind
from schemas.shelf import Picture, RedemptionStatus, RewardKind
from schemas.staff import StaffRole
from schemas.submissions import SubmissionBehavior, SubmissionStatus
from schemas.subscribers import AttemptOutcome, DeliveryStatus, DisabledWhy, NoticeFormat, SubscriberStatus
from schemas.terms import Period
from schemas.visits import VisitReason
from service.core.access.sessions import SessionKind
from service.core.access.sign_in_codes import CodeKind
from service.core.notices.waits import Circuit
from service.core.worth import GiftCause
from service.flows.perform import Made
from service.store.accounting import Released
from service.store.corrections import StandsFor
from service.store.database.elsewhere import Step
from service.store.departures import Held
from service.store.import_lines import LineState
from service.store.imports import Corrections, Status

LIST = re.compile(r"ARRAY\[(.*?)\]")
KNOWN: dict[str, Any] = {
    "rewards_picture_is_known": Picture,
    "reminder_settings_kinds_are_known": ReminderKind,
    "reminder_leaves_channel_is_known": ReminderChannel,
    "reminder_leaves_how_is_known": LeaveSaidHow,
    "reminders_channel_is_known": ReminderChannel,
    "reminders_kind_is_known": ReminderKind,
    "reminders_status_is_known": ReminderStatus,
    "submission_settings_takes_are_known": SubmissionBehavior,
    "submissions_status_is_known": SubmissionStatus,
    "keys_scopes_are_known": Scope,
    "second_person_rules_roles_are_known": Role,
    "keys_role_is_known": Role,
    "participants_language_is_known": Language,
    "participants_status_is_known": ParticipantStatus,
    "saved_reports_report_is_known": SavedReportKind,
    "saved_reports_period_is_known": SavedPeriod,
    "saved_reports_compared_with_is_known": Beside,
    "report_mails_every_is_known": MailEvery,
    "events_effect_is_known": Effect,
    "corrections_standing_is_known": StandsFor,
    "awards_kind_is_known": AwardKind,
    "transfers_accounts_are_known": AccountName,
    "transfers_cause_is_known": Cause,
    "rewards_kind_is_known": RewardKind,
    "redemptions_status_is_known": RedemptionStatus,
    "idempotency_made_is_known": Made,
    "corrections_kind_is_known": CorrectionKind,
    "guardian_consents_relation_is_known": GuardianRelation,
    "guardian_rules_need_is_known": GuardianNeed,
    "caps_per_is_known": Period,
    "cap_warnings_percent_is_known": CapPercent,
    "prizes_status_is_known": PrizeStatus,
    "manual_awards_status_is_known": ProposalStatus,
    "write_offs_status_is_known": ProposalStatus,
    "subscribers_disabled_why_is_known": DisabledWhy,
    "subscribers_status_is_known": SubscriberStatus,
    "subscriber_heads_circuit_is_known": Circuit,
    "deliveries_status_is_known": DeliveryStatus,
    "attempts_outcome_is_known": AttemptOutcome,
    "consents_kind_is_known": ConsentKind,
    "consents_signed_as_known": SignedHow,
    "inbound_messages_status_is_known": MessageStatus,
    "staff_language_is_known": Language,
    "staff_role_is_known": StaffRole,
    "sessions_kind_is_known": SessionKind,
    "sign_in_codes_kind_is_known": CodeKind,
    "messages_out_channel_is_known": AddressChannel,
    "imports_corrections_are_known": Corrections,
    "imports_status_is_known": Status,
    "redemption_changes_kind_is_known": RedemptionChangeKind,
    "redemption_changes_status_is_known": ProposalStatus,
    "openings_status_is_known": OpeningStatus,
    "import_lines_state_is_known": LineState,
    "gifts_cause_is_known": GiftCause,
    "departures_held_is_known": Held,
    "departures_status_is_known": ParticipantStatus,
    "audit_checkpoints_why_is_known": CheckpointReason,
    "releases_how_is_known": Released,
    "restrictions_status_is_known": RestrictionStatus,
    "erasures_status_is_known": ProposalStatus,
    "new_addresses_channel_is_known": AddressChannel,
    "inbound_effects_kind_is_known": EffectKind,
    "clinic_moves_step_is_known": Step,
    "planned_visits_reason_is_known": VisitReason,
    "subscribers_format_is_known": NoticeFormat,
    "provider_accounts_provider_is_known": ProviderName,
    "provider_differences_kind_is_known": DifferenceKind,
}
"""What the words of a constraint are called in the code."""
UNITS = {
    "balances", "transfers", "rewards", "caps", "manual_awards", "second_person_limits", "redemption_changes",
    "openings", "gifts", "prizes",
}  # fmt: skip  # table: the places of units
"""The tables whose amounts have a unit that was given from outside."""


@pytest.fixture
async def constraints(shared_database: str) -> dict[str, list[frozenset[str]]]:
    """The lists of words of each constraint that is named for them: transfers have two accounts."""
    connection = await asyncpg.connect(shared_database)
    try:
        rows = await connection.fetch(
            "select conname, pg_get_constraintdef(oid) as checks from pg_constraint "
            "where contype = 'c' and conname like '%known'"
        )
    finally:
        await connection.close()
    return {row["conname"]: list(map(_words, LIST.findall(row["checks"]))) for row in rows}


def _words(listed: str) -> frozenset[str]:
    return frozenset(word.split("::")[0].strip("' ()") for word in listed.split(", "))


async def test_every_closed_list_of_a_column_is_that_of_the_code(
    constraints: dict[str, list[frozenset[str]]],
) -> None:
    """One that was added, taken away or changed on one side alone is named."""
    assert set(constraints) == set(KNOWN)
    assert {name: lists for name, lists in constraints.items() if not lists} == {}
    differing = {
        name: listed
        for name, words in KNOWN.items()
        for listed in constraints[name]
        if listed != frozenset(map(str, get_args(words)))
    }
    assert differing == {}


async def test_a_unit_of_the_database_has_the_form_of_those_of_the_code(shared_database: str) -> None:
    """Every unit that there is fits every check of a unit, and no other text does; no prize is draws.

    Which codes there are the code alone says, so that a new currency needs no migration.
    """
    others = ["USD", "us", "usdt", "point", "", "e1r", "eur\n", " eur"]
    connection = await asyncpg.connect(shared_database)
    try:
        rows = await connection.fetch(
            "select conrelid::regclass::text as place, pg_get_expr(conbin, conrelid) as said "
            "from pg_constraint where contype = 'c' and conname like '%unit_has_its_form'"
        )
        fit = {
            row["place"]: set(
                await connection.fetchval(
                    f"select array_agg(unit) from unnest($1::text[]) as u (unit) where {row['said']}",  # noqa: S608
                    [*get_args(Unit), *others],
                )
            )
            for row in rows
        }
    finally:
        await connection.close()
    every = set(get_args(Unit))
    assert fit == {place: every - {"draw"} if place == "prizes" else every for place in UNITS}
