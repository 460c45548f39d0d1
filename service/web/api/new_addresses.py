"""Changed addresses of people in care, and confirming them as a second person."""

from uuid import UUID

from schemas.new_addresses import ChangedAddresses
from service.flows.access.new_addresses import confirm_over_api, list_questions
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import DESK, route


@route(
    "GET",
    "/v1/participants/{participant}/new-addresses",
    "list_new_addresses",
    roles=DESK,
    answer=ChangedAddresses,
    refusals=("not_found",),
)
async def find(call: Call, participant: UUID) -> Answer:
    """List the changes of a participant's addresses.

    Those of a phone number or mail address that are asked about: that nobody confirmed.
    """
    return await call.perform(lambda act: list_questions(act, participant))


@route(
    "POST",
    "/v1/participants/{participant}/new-addresses/{new_address}/confirm",
    "confirm_new_address",
    roles=DESK,
    answer=ChangedAddresses,
    refusals=("not_found", "same_person", "person_needed", "already_settled"),
)
async def confirm(call: Call, participant: UUID, new_address: UUID) -> Answer:
    """Confirm that a changed address is right, as somebody else than changed it: codes go to it from then on.

    For a member of staff: a key confirms nothing. Answers what is still asked about.
    """
    return await call.perform(lambda act: confirm_over_api(act, participant, new_address))
