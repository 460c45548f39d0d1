"""Which brands and categories of what providers deliver may be given."""

from schemas.brand_rules import BrandRule, BrandRules, NewBrandRule
from service.flows.shelf.brands import list_brand_rules, set_brand_rule
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import MANAGERS, READERS, route


@route(
    "POST",
    "/v1/brand-rules",
    "set_brand_rule",
    roles=MANAGERS,
    answer=BrandRule,
    statuses=(201,),
    refusals=("unknown_program",),
)
async def add(call: Call, body: NewBrandRule) -> Answer:
    """Set which brands and categories of providers may be given: to everybody, or to people in a program.

    The newest rule holds. What a rule leaves out is not shown to whom it applies, at the desk or in the
    portal, and asking for it is refused (`reward_not_offered`).
    """
    return await call.perform(lambda act: set_brand_rule(act, body))


@route("GET", "/v1/brand-rules", "list_brand_rules", roles=READERS, answer=BrandRules)
async def find(call: Call) -> Answer:
    """List the rules that hold: the clinic's own, and those of programs."""
    return await call.perform(list_brand_rules)
