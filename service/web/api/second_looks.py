"""When one person is not enough where value leaves: the rules, and second looks."""

from uuid import UUID

from schemas.second_looks import (
    NewSecondLook,
    SecondLook,
    SecondLooks,
    SecondPersonRules,
    SecondPersonRulesChange,
)
from service.flows.shelf.second_looks import read_second_looks, take_second_look
from service.flows.shelf.second_person_rules import read_rules, set_rules
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import DESK, MANAGERS, READERS, route


@route("GET", "/v1/second-person-rules", "read_second_person_rules", roles=READERS, answer=SecondPersonRules)
async def rules(call: Call) -> Answer:
    """Read when what one person did asks for a second person."""
    return await call.perform(read_rules)


@route(
    "POST",
    "/v1/second-person-rules",
    "set_second_person_rules",
    roles=MANAGERS,
    answer=SecondPersonRules,
    statuses=(201,),
    scope="access.write",
)
async def set_(call: Call, body: SecondPersonRulesChange) -> Answer:
    """Set when what one person did asks for a second person.

    What is left out stays, and null is no bound.
    """
    return await call.perform(lambda act: set_rules(act, body), lambda _made: "/v1/second-person-rules")


@route(
    "GET",
    "/v1/participants/{participant}/second-looks",
    "list_second_looks",
    roles=READERS,
    answer=SecondLooks,
    refusals=("not_found",),
)
async def find(call: Call, participant: UUID) -> Answer:
    """List what waits for a second look, and the looks so far."""
    return await call.perform(lambda act: read_second_looks(act, participant))


@route(
    "POST",
    "/v1/participants/{participant}/second-looks",
    "take_second_look",
    roles=DESK,
    answer=SecondLook,
    statuses=(201,),
    bodiless=True,
    refusals=("not_found", "already_settled", "same_person"),
)
async def look(call: Call, participant: UUID, body: NewSecondLook) -> Answer:
    """Take a second look at what one person did alone.

    It says that all that was done for the participant until now is right, and it is another person's. Until
    then neither whoever did it nor the participant takes a reward for it. Whoever hands one over as a second
    person has looked by that.
    """
    return await call.perform(
        lambda act: take_second_look(act, participant, body),
        lambda _made: f"/v1/participants/{participant}/second-looks",
    )
