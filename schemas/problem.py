"""The refusal that every program can read: RFC 9457 problem details with a closed code."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

Code = Literal[
    "malformed",
    "invalid",
    "unauthenticated",
    "key_expired",
    "second_factor_needed",
    "proof_required",
    "forbidden",
    "scope_missing",
    "person_needed",
    "not_found",
    "method_not_allowed",
    "unsupported_media_type",
    "not_acceptable",
    "too_large",
    "request_timeout",
    "too_many_requests",
    "idempotency_key_required",
    "idempotency_key_malformed",
    "idempotency_conflict",
    "idempotency_in_flight",
    "precondition_required",
    "precondition_failed",
    "not_enrolled",
    "ambiguous_enrollment",
    "already_enrolled",
    "screening_needed",
    "guardian_consent_needed",
    "enrollment_closed",
    "closure_begun",
    "unknown_participant",
    "unknown_program",
    "unknown_target",
    "unknown_reward",
    "unknown_enrollment",
    "outcome_not_allowed",
    "event_in_future",
    "outside_enrollment",
    "recorded_too_late",
    "reference_conflict",
    "reference_reserved",
    "already_recorded",
    "already_corrected",
    "insufficient_balance",
    "cap_reached",
    "out_of_stock",
    "reward_not_offered",
    "category_not_allowed",
    "codes_known",
    "not_given",
    "already_changed",
    "opening_stands",
    "already_settled",
    "same_person",
    "second_person_needed",
    "proposer_unknown",
    "cap_ended",
    "program_faulty",
    "category_mismatch",
    "already_drawn",
    "merge_undecided",
    "merge_not_last",
    "hat_empty",
    "unknown_subscriber",
    "url_not_allowed",
    "subscriber_disabled",
    "consent_revoked",
    "too_many_streams",
    "clinic_moved",
    "clinic_moving",
    "unavailable",
    "internal",
]
"""Why a request was refused; the list is closed, and each code has a page at `/problems/{code}`."""


class Fault(Struct, frozen=True):
    """One thing that is wrong: where, and what."""

    pointer: str
    """Where: a JSONPath such as `$.targets[0].phases[1].earn.step`, or a header's name."""
    detail: str
    """The fault."""


class StandingEvent(Struct, frozen=True):
    """The event that stands in the way of another one."""

    id: UUID
    enrollment: UUID
    participant: UUID
    target: str
    outcome: str
    """The outcome now, after corrections."""
    occurred_at: datetime
    recorded_by: UUID
    """Who recorded it: a key or member of staff."""
    reference: str | None = None
    """The clinic's own id for it."""
    quantity: float | None = None
    """How much of what its target counts, where that was said."""
    minutes: int | None = None
    """How long somebody was there, in minutes, where that was said."""


class Problem(Struct, frozen=True):
    """Why a request was refused, and what to do about it."""

    type: str
    """The page that explains `code`."""
    title: str
    """The meaning of `code`, in a few words."""
    status: int
    """The HTTP status."""
    detail: str
    """The fault of this request and its remedy."""
    instance: str
    """The path that was asked for, without its query."""
    code: Code
    """The kind of refusal, from a closed list."""
    errors: tuple[Fault, ...] = ()
    """The faults, each at its place, where there are places."""
    trace_id: str = ""
    """Trace under which the request was served (W3C Trace Context); in the service's log too."""
    event: StandingEvent | UnsetType = UNSET
    """The event that stands in the way, with `already_recorded` and `reference_conflict`."""
