# long: every code stands with its meaning in one table
"""The one table from our words to HTTP, and the answers made with it.

No status code stands anywhere below `web/`: an operation says `insufficient_balance`, and this table says what
that is called and which status it has (RFC 9110, RFC 9457).
"""

# ruff: noqa: E501  one entry a line reads as the table that it is

from typing import Final, NamedTuple, cast, get_args

import msgspec
from litestar.types import Receive, Scope, Send
from msgspec.structs import replace

from schemas.problem import Code, Fault, Problem
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english, wire_faults
from service.web.http.outcomes import FHIR_JSON, is_fhir, outcome_of

JSON: Final = b"application/json"
PROBLEM_JSON: Final = b"application/problem+json"
RETRY_AFTER_S: Final = 1
"""How long a client is asked to wait where the database is away or a first request is in flight."""

MOVING_RETRY_AFTER_S: Final = 10
"""The same while a clinic moves, which takes a minute or more."""
CROWDED: Final = frozenset({"unavailable.crowded", "unavailable.connections"})
CROWDED_RETRY_AFTER_S: Final = 5
"""How long, where there are too many: they must not all come back at once with those who come anew."""

Header = tuple[bytes, bytes]


class Meaning(NamedTuple):
    """A refusal code over HTTP: its status, its title, and what it means for whoever meets it."""

    status: int
    title: str
    says: str


MEANINGS: Final[dict[Code, Meaning]] = {
    "malformed": Meaning(400, "Malformed request", "The request could not be read: it is not well-formed."),
    "idempotency_key_required": Meaning(
        400,
        "Idempotency-Key required",
        "What moves value must carry an Idempotency-Key, so that it is done once.",
    ),
    "idempotency_key_malformed": Meaning(
        400,
        "Malformed Idempotency-Key",
        "An Idempotency-Key is 1 to 255 visible ASCII characters, bare or quoted.",
    ),
    "unauthenticated": Meaning(
        401, "No valid key", "Send a key that was not revoked as `Authorization: Bearer cmr_...`."
    ),
    "key_expired": Meaning(
        401, "Key expired", "The key's last day is past. Issue another, and send that one from now on."
    ),
    "second_factor_needed": Meaning(
        403,
        "Second factor needed",
        "The password is right, and the account takes a second factor too: send its digits as `code`.",
    ),
    "proof_required": Meaning(
        403,
        "Asked again",
        "Whoever changes staff, keys, subscribers or sources has shown their password or second factor within "
        "the last minutes: do so at `POST /v1/sessions/current/proof`, and ask again.",
    ),
    "scope_missing": Meaning(
        403, "Scope missing", "The key is valid, and lacks the scope that `detail` names."
    ),
    "person_needed": Meaning(
        403,
        "A person needed",
        "A key does not do this: a member of staff does, on the pages or under a session of `POST /v1/sessions`.",
    ),
    "proposer_unknown": Meaning(
        403,
        "Proposer unknown",
        "Nobody answers for the key that proposed this, so nobody knows whether somebody else approves it.",
    ),
    "forbidden": Meaning(403, "Not this role", "The key is valid, and its role does not do this."),
    "same_person": Meaning(
        403,
        "Another person needed",
        "Whoever proposed this does not approve or refuse it, and whoever merged charts does not undo it; "
        "another person does.",
    ),
    "second_person_needed": Meaning(
        403,
        "Second person needed",
        "What one person recorded, opened or priced lower alone is handed out by another one, who is no key, or "
        "after another one's look at it; the clinic's rules say from when on.",
    ),
    "not_found": Meaning(404, "Not found", "Nothing is here, or it belongs to another clinic."),
    "unknown_participant": Meaning(404, "Unknown participant", "The clinic has no such participant."),
    "unknown_program": Meaning(
        404, "Unknown program", "The clinic has published no such program or version."
    ),
    "unknown_reward": Meaning(404, "Unknown reward", "The clinic has no such reward."),
    "unknown_enrollment": Meaning(404, "Unknown enrollment", "The clinic has no such enrollment."),
    "method_not_allowed": Meaning(405, "Method not allowed", "`Allow` lists the methods that this path has."),
    "not_acceptable": Meaning(406, "Not acceptable", "Answers are JSON; `Accept` must allow it."),
    "request_timeout": Meaning(
        408, "Request not sent in time", "The head or the body of the request did not arrive in time."
    ),
    "idempotency_in_flight": Meaning(
        409, "First request in flight", "The first request with this Idempotency-Key has no answer yet."
    ),
    "reference_conflict": Meaning(
        409, "Reference in use", "The clinic's reference already names something else with other content."
    ),
    "already_recorded": Meaning(
        409,
        "Already recorded",
        "The day holds an event of that target, which `event` names: correct it, or send the new one with "
        "`another: true` where it is meant.",
    ),
    "already_enrolled": Meaning(409, "Already enrolled", "An enrollment in this program is still open."),
    "guardian_consent_needed": Meaning(
        409, "Consent of a guardian needed", "A minor is enrolled once a parent or guardian consented."
    ),
    "screening_needed": Meaning(
        409,
        "Screening needed",
        "The program asks questions first, and their answers do not let somebody begin yet.",
    ),
    "closure_begun": Meaning(409, "Closure begun", "A closure is taken back only before its first day."),
    "enrollment_closed": Meaning(409, "Enrollment closed", "The enrollment was closed before."),
    "cap_ended": Meaning(409, "Cap ended", "The last day of the cap was set before."),
    "already_corrected": Meaning(409, "Already corrected", "The event has been corrected before."),
    "already_settled": Meaning(
        409, "Already settled", "It was given or canceled, approved or refused before."
    ),
    "not_given": Meaning(
        409,
        "Not given yet",
        "Only what was handed over is replaced or taken back; cancel what is still held.",
    ),
    "already_changed": Meaning(
        409,
        "Already changed",
        "It was replaced before on this day, or a change of it waits for another person.",
    ),
    "opening_stands": Meaning(
        409, "Opening stands", "The participant has an opening in this unit; withdraw it to enter another."
    ),
    "merge_undecided": Meaning(
        409, "Visits to decide", "Both charts hold a visit with different outcomes: say which event stands."
    ),
    "merge_not_last": Meaning(
        409, "A later merge holds", "The chart became part of another one since; undo that merge first."
    ),
    "codes_known": Meaning(409, "Code known", "A code is there already, and each is given once."),
    "precondition_failed": Meaning(
        412, "Changed meanwhile", "The resource is not as the `If-Match` tag says; read it again."
    ),
    "too_large": Meaning(413, "Too large", "The body or the batch is larger than this service takes."),
    "unsupported_media_type": Meaning(
        415, "Unsupported media type", "The body has another Content-Type than this path reads."
    ),
    "clinic_moved": Meaning(
        421,
        "Clinic moved",
        "The clinic is served at another address, which `detail` names; nothing was done here.",
    ),
    "invalid": Meaning(422, "Invalid request", "The request was read, and something in it cannot be right."),
    "idempotency_conflict": Meaning(
        422, "Idempotency-Key used", "This Idempotency-Key came before with another request."
    ),
    "not_enrolled": Meaning(422, "Not enrolled", "No open enrollment has such a target."),
    "ambiguous_enrollment": Meaning(
        422, "Ambiguous enrollment", "More than one open enrollment has such a target; name one."
    ),
    "unknown_target": Meaning(422, "Unknown target", "The program has no such target."),
    "outcome_not_allowed": Meaning(422, "Outcome not allowed", "The behavior has no such outcome."),
    "event_in_future": Meaning(422, "Event in the future", "An event is recorded after it happened."),
    "reference_reserved": Meaning(
        422,
        "Reference reserved",
        "References that begin with `missed:` are those of visits that nobody came to.",
    ),
    "outside_enrollment": Meaning(
        422, "Outside the enrollment", "The day lies before the enrollment's start or after its close."
    ),
    "recorded_too_late": Meaning(
        422, "Recorded too late", "The program lets a visit be recorded for so many days and no longer."
    ),
    "insufficient_balance": Meaning(
        422, "Insufficient balance", "The participant has less available than this costs."
    ),
    "cap_reached": Meaning(
        422, "Cap reached", "A cap leaves less room in money than this is worth; points and draws count too."
    ),
    "out_of_stock": Meaning(422, "Out of stock", "Fewer pieces or codes are left than were asked for."),
    "reward_not_offered": Meaning(422, "Reward not offered", "The reward is off the shelf."),
    "category_not_allowed": Meaning(
        422, "Category not allowed", "No cash, alcohol, tobacco, cannabis, gambling or firearms on the shelf."
    ),
    "program_faulty": Meaning(
        422, "Faulty program", "The program document has faults; each is named at its place."
    ),
    "category_mismatch": Meaning(
        422, "Another category", "The prize is from another category of the shelf than the reward."
    ),
    "already_drawn": Meaning(409, "Already drawn", "Names were drawn from the hat for this session before."),
    "hat_empty": Meaning(422, "Nobody in the hat", "Nobody has attended this session by what is recorded."),
    "unknown_subscriber": Meaning(404, "Unknown subscriber", "The clinic has no such subscriber."),
    "subscriber_disabled": Meaning(
        409, "Subscriber disabled", "Nothing is sent to a disabled subscriber; enable it first."
    ),
    "url_not_allowed": Meaning(
        422, "Address not allowed", "Notices go to public addresses over HTTPS; `errors` says what is wrong."
    ),
    "consent_revoked": Meaning(409, "Consent revoked", "The consent was revoked before."),
    "precondition_required": Meaning(
        428, "If-Match required", "An edit names the version that it edits: send the ETag as `If-Match`."
    ),
    "too_many_requests": Meaning(
        429, "Too many requests", "The key asked this path too often; wait `Retry-After` seconds."
    ),
    "internal": Meaning(
        500, "Internal error", "Something unforeseen happened here; it was logged under the trace id."
    ),
    "too_many_streams": Meaning(
        503, "Too many streams", "The process holds as many open streams as it may; try again in a moment."
    ),
    "clinic_moving": Meaning(
        503,
        "Clinic moving",
        "The clinic is being moved to another place, and nothing was done; send it again in a moment.",
    ),
    "unavailable": Meaning(
        503, "Unavailable", "The database cannot be reached or is busy; send it again in a moment."
    ),
}
"""Every code of `schemas/problem.py` with its meaning over HTTP."""

CODES: Final[tuple[Code, ...]] = get_args(Code)

_encode = msgspec.json.Encoder().encode


class Answer:
    """One HTTP answer, already bytes; litestar sends it as it is."""

    __slots__ = ("body", "code", "headers", "status")

    def __init__(self, status: int, body: bytes, headers: list[Header], code: Code | None = None) -> None:
        """Take what is sent; `code` is the refusal's, for the log."""
        self.status = status
        self.body = body
        self.headers = headers
        self.code = code

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  ASGI
        """Send it: the length is always known, so no answer is chunked."""
        headers = self.headers
        if self.body or self.status not in {204, 304}:
            headers = [*headers, (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


def as_json(body: bytes, status: int = 200, *headers: Header) -> Answer:
    """Answer with JSON that is already encoded."""
    return Answer(status, body, [(b"content-type", JSON), *headers])


def problem(code: Code, detail: str, instance: str, trace_id: str, errors: tuple[Fault, ...] = ()) -> Problem:
    """Problem details; `instance` is the path without its query, which may hold a name."""
    meaning = MEANINGS[code]
    return Problem(
        type=f"/problems/{code}",
        title=meaning.title,
        status=meaning.status,
        detail=detail,
        instance=instance,
        code=code,
        errors=errors,
        trace_id=trace_id,
    )


def problem_of(refusal: Refused, instance: str, trace_id: str) -> Problem:
    """Say a refusal as problem details, in the API's English."""
    said = problem(refusal.code, in_english(refusal), instance, trace_id, wire_faults(refusal.faults))
    return said if refusal.event is None else replace(said, event=refusal.event)


def refusal_answer(refusal: Refused, instance: str, trace_id: str, *headers: Header) -> Answer:
    """Answer with a refusal: problem details, with the headers that its status asks for."""
    said = problem_of(refusal, instance, trace_id)
    status, media, body = said.status, PROBLEM_JSON, b""
    if is_fhir(instance):
        media = FHIR_JSON
        status, body = outcome_of(said)
    out = [(b"content-type", media), (b"cache-control", b"no-store"), *headers]
    if refusal.code in {"unauthenticated", "key_expired"}:
        out.append((b"www-authenticate", b'Bearer realm="rewards"'))
    if refusal.reason == "unsupported_media_type.encoding":
        # What would have been read (RFC 9110, 15.5.16).
        out.append((b"accept-encoding", b"identity"))
    if refusal.code in {"unavailable", "idempotency_in_flight", "too_many_streams", "clinic_moving"}:
        seconds = CROWDED_RETRY_AFTER_S if refusal.reason in CROWDED else RETRY_AFTER_S
        seconds = MOVING_RETRY_AFTER_S if refusal.code == "clinic_moving" else seconds
        out.append((b"retry-after", b"%d" % seconds))
    return Answer(status, body or _encode(said), out, refusal.code)


def code_of(status: int) -> Code:
    """The code for a status that the framework chose by itself."""
    chosen: dict[int, str] = {
        400: "malformed",
        404: "not_found",
        405: "method_not_allowed",
        406: "not_acceptable",
        413: "too_large",
        415: "unsupported_media_type",
    }
    return cast("Code", chosen.get(status, "malformed" if 400 <= status < 500 else "internal"))  # noqa: PLR2004  HTTP
