# long: one of everything that a route can name, beside the tests that ask by it
"""Every route by every role by another clinic's ids: 401, 403 and 404 where they are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import httpx
import msgspec
import pytest
from litestar import Litestar

from schemas.people import Role
from service.app import create_app
from service.settings import Settings
from service.web.api.routes import ROUTES
from service.web.contract import examples
from service.web.contract.docs import SCRIPT
from service.web.gateway import Gateway
from service.web.http.route import OPEN, Route
from service.web.pages.framework.page import Page
from service.web.pages.routes import PAGES
from tests.web.entering import readdressed

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

ROLES: tuple[Role, ...] = get_args(Role)
GUARDED = [route for route in ROUTES if route.roles is not OPEN]
OPEN_PATHS = {
    "/livez",
    "/readyz",
    "/metrics",
    "/fhir/R4/metadata",
    "/fhir/R4/.well-known/smart-configuration",
    "/oauth/token",
    "/openapi.json",
    "/problems/{code}",
    "/v1/inbound/{source}",
    "/v1/provider-notices/{provider_account}",
    "/v1/sessions",
    "/docs",
    "/docs.css",
    "/docs/openapi.json",
    "/docs/reference.js",
    f"/docs/{SCRIPT.stem}",
}

OWN_FROM_THE_START = {"/v1/keys", "/v1/staff", "/v1/audit", "/v1/seeds", "/v1/tax-thresholds"}
"""Lists in which a new clinic finds something of its own."""

PENS = {"name": "pens", "tiers": [{"name": "a pen", "slips": 1, "category": "leisure"}]}
"""A bowl whose every slip wins something from the shelf."""

PAID_ALIKE = {"weeks": [1, 12], "earn": {"type": "flat", "amount": 1}}
"""A phase in which every success earns the same."""

WORDS: dict[Role, str] = {
    "front_desk": "records events, sees balances, gives rewards",
    "clinician": "also corrects and excuses, and proposes manual awards",
    "manager": "also publishes programs, runs the shelf and the keys, and approves",
    "auditor": "only reads, the audit included",
    "integration": "records events and reads balances",
}


def name_of(route: Route) -> str:
    """Show a route as a reader of the contract would."""
    return f"{route.method} {route.path}"


def test_every_route_of_the_app_declares_its_guard(test_settings: Settings) -> None:
    """A handler that came in by another way than the table, or without roles, fails here."""
    gateway = create_app(test_settings)
    assert isinstance(gateway, Gateway)
    inside = gateway.inside
    assert isinstance(inside, Litestar)
    seen = set()
    for there in inside.routes:
        for handler in getattr(there, "route_handlers", [getattr(there, "route_handler", None)]):
            # The gateway answers OPTIONS from the same table.
            for method in set(getattr(handler, "http_methods", ("?",))) - {"OPTIONS"}:
                route = getattr(handler, "opt", {}).get("served", {}).get((method, there.path_format))
                assert isinstance(route, Route | Page), f"{method} {there.path} was not made from a table"
                assert (route.method, route.path) == (method, there.path_format)
                assert route.who if isinstance(route, Page) else route.roles is OPEN or route.roles
                seen.add(f"{route.method} {route.path}")
    assert seen == {name_of(route) for route in ROUTES} | {page.name for page in PAGES}


def test_only_health_the_contract_and_signed_messages_are_open() -> None:
    """Everything under /v1 asks for a key, save what is guarded by a signature instead."""
    assert {route.path for route in ROUTES if route.roles is OPEN} == OPEN_PATHS
    assert all(route.path.startswith(("/v1/", "/fhir/R4/")) for route in GUARDED)


def test_an_auditor_only_reads() -> None:
    """No route that writes lists the auditor, but for reports of their own; trying out writes nothing."""
    writing = {name_of(route) for route in GUARDED if route.method != "GET" and "auditor" in route.roles}
    assert writing == {
        "POST /v1/programs/table",
        "POST /v1/programs/review",
        "POST /v1/programs/forecast",
        "POST /v1/reports/saved",
        "DELETE /v1/reports/saved/{saved_report}",
        "POST /v1/reports/saved/{saved_report}/mail",
        "DELETE /v1/reports/saved/{saved_report}/mail",
        "POST /v1/sessions/current/proof",
        "DELETE /fhir/R4/exports/{fhir_export}",
        "DELETE /v1/sessions/current",
    }


def test_an_integration_records_events_and_reads_balances_and_the_clinic_s_own_rules() -> None:
    """What an integration reaches of people is events in and balances out, and answers that texts brought."""
    reached = {name_of(route) for route in GUARDED if "integration" in route.roles}
    assert {one for one in reached if "program" not in one and "reward" not in one} == {
        "POST /v1/events",
        "POST /v1/events/batch",
        "GET /v1/participants/{participant}/balance",
        "GET /v1/seeds",
        "POST /v1/reminders/replies",
        "GET /fhir/R4/Patient",
        "GET /fhir/R4/Patient/{participant}",
        "GET /fhir/R4/Account",
        "GET /fhir/R4/Account/{account}",
    }


def said(answer: httpx.Response) -> dict[str, str]:
    """Read the code, title and detail of a refusal, in our shape or in FHIR's."""
    told = answer.json()
    if answer.headers["content-type"] != "application/fhir+json":
        return {name: told[name] for name in ("code", "title", "detail")}
    (issue,) = told["issue"]
    (coding,) = issue["details"]["coding"]
    return {"code": coding["code"], "title": coding["display"], "detail": issue["details"]["text"]}


async def ask(client: httpx.AsyncClient, route: Route, ids: dict[str, str], **headers: str) -> httpx.Response:
    """Ask one route something that has its form, about the things with these ids."""
    path = route.path.format(**{**examples.PATH, **ids})
    given: dict[str, str] = dict(headers)
    content = b""
    if route.shape is not None:
        body: Any = msgspec.to_builtins(next(iter(examples.BODIES[route.name].values())))
        given["content-type"] = "application/json"
        content = msgspec.json.encode(with_ids(body, ids))
    if route.key_required:
        given["idempotency-key"] = "matrix"
    if route.edits:
        given["if-match"] = "*"
    if route.events:
        # A stream that says how things are and ends.
        path += "?for_s=0"
    return await client.request(route.method, path, content=content, headers=given)


def with_ids(body: Any, ids: dict[str, str]) -> Any:  # noqa: ANN401  any JSON
    """Put ids into a body's fields of the same name, and leave out what is not there."""
    if isinstance(body, list | tuple):
        return [with_ids(part, ids) for part in body]
    # A number is no id: that of a version stays.
    return {
        name: part if isinstance(part, int) else ids.get(name, part)
        for name, part in body.items()
        if part is not None
    }


async def handed_in(clinic: Clinic, enrollment: str) -> str:
    """Hand in homework, which the clinic takes, and give its id."""
    await clinic.post("/v1/submission-settings", {"takes": ["homework"]})
    sheet = {"enrollment": enrollment, "target": "homework", "text": "Done."}
    made: str = (await clinic.post("/v1/submissions", sheet)).json()["id"]
    return made


async def budgeted(clinic: Clinic) -> str:
    """Set a day's budget, and give its id."""
    day = "2026-01-01"
    grant = {"unit": "usd", "amount": 1, "starts_on": day, "ends_on": day, "reason": "A grant."}
    made: str = (await clinic.post("/v1/budgets", grant)).json()["id"]
    return made


async def screened(clinic: Clinic, person: str) -> str:
    """Let a program ask, and give the id of what somebody answered."""
    asks = {"questions": [{"name": "age", "asks": {"en": "Are they 18 or older?"}}]}
    await clinic.post("/v1/programs/own-program/screening-questions", asks)
    said = {"program": "own-program", "answers": [{"question": "age", "answer": "yes"}]}
    made: str = (await clinic.post(f"/v1/participants/{person}/screenings", said)).json()["id"]
    return made


async def guarded(clinic: Clinic, person: str) -> str:
    """Record a guardian's consent, and give its id."""
    consent = {"guardian": "Ana Lopez", "relation": "parent", "consented_on": "2026-01-05"}
    made: str = (await clinic.post(f"/v1/participants/{person}/guardian-consents", consent)).json()["id"]
    return made


# long: one of everything, each in a line or two
async def belongings(clinic: Clinic) -> dict[str, str]:
    """Make one of everything in a clinic, and give the ids."""
    document = {**msgspec.to_builtins(examples.PROGRAM), "name": "own-program", "bowls": [PENS]}
    document["targets"][1]["phases"][0]["earn"]["bowl"] = "pens"
    homework = {"name": "homework", "behavior": "homework", "phases": [PAID_ALIKE]}
    document["targets"] = [*document["targets"], homework]
    await clinic.post("/v1/programs", document)
    person = (await clinic.post("/v1/participants", {"reference": "A-1042"})).json()["id"]
    enrolled = await clinic.post(
        "/v1/enrollments", {"participant": person, "program": "own-program", "starts_on": "2026-01-05"}
    )
    at = "2026-01-06T15:00:00Z"
    event = {"participant": person, "behavior": "test", "outcome": "negative", "occurred_at": at}
    receipt = (await clinic.post("/v1/events", event)).json()
    reward = {"name": "Ticket", "unit": "usd", "price": 1, "kind": "item", "category": "leisure"}
    shelf = (await clinic.post("/v1/rewards", reward)).json()["id"]
    redeemed = await clinic.post(
        "/v1/redemptions", {"participant": person, "reward": shelf}, idempotency_key="1"
    )
    award = {"participant": person, "unit": "usd", "amount": 1, "reason": "Helped others"}
    proposed = await clinic.post("/v1/manual-awards", award, idempotency_key="2")
    stock = f"/v1/rewards/{shelf}/stock"
    await clinic.post(stock, {"change": 2, "reason": "More came"})
    stocked = await clinic.post(stock, {"change": -1, "reason": "One broke"})
    session = {"participant": person, "behavior": "attendance", "outcome": "attended", "occurred_at": at}
    await clinic.post("/v1/events", session)
    place = {"program": "own-program", "target": "group-session"}
    hat = await clinic.post("/v1/hats", {**place, "on": at[:10]}, idempotency_key="hat")
    drawn = await clinic.post(f"/v1/participants/{person}/draws", {"count": 1}, idempotency_key="3")
    morning = {"name": {"en": "Mornings", "es": "Mañanas"}, "places": [place]}
    group = (await clinic.post("/v1/groups", morning)).json()["id"]
    await clinic.post(f"/v1/groups/{group}/members", {"participant": person})
    days = {"first_day": "2026-01-01", "last_day": "2026-01-01", "reason": "New Year"}
    closure = (await clinic.post("/v1/closures", days)).json()["id"]
    cap = {"per": "year", "unit": "usd", "amount": 75000, "starts_on": "2026-01-01", "reason": "The county."}
    capped = (await clinic.post("/v1/caps", cap)).json()["id"]
    receiver = {"url": "https://receiver.example.org/", "types": ["award.posted"]}
    told = (await clinic.post("/v1/subscribers", receiver)).json()["id"]
    covered = {"participant": person, "subscriber": told, "purpose": "Shared care."}
    consent = (await clinic.post("/v1/consents", covered)).json()["id"]
    asked = {"participant": person, "recipient": "My aunt", "request": "Tell her nothing."}
    restriction = (await clinic.post("/v1/restrictions", asked)).json()["id"]
    urgent = {"participant": person, "reason": "Overdose", "recipient": "Dr. Poe"}
    emergency = (await clinic.post("/v1/emergencies", urgent)).json()["id"]
    erase = (await clinic.post(f"/v1/participants/{person}/erase", {"reason": "Asked."})).json()["id"]
    source = (await clinic.post("/v1/sources", {"verifier": {"type": "bearer"}})).json()
    async with httpx.AsyncClient(base_url=clinic.url) as lab:
        shown = {"authorization": f"Bearer {source['secret']}"}
        message = (await lab.post(source["address"], json={"hello": "world"}, headers=shown)).json()["id"]
    hired = (await clinic.post("/v1/staff", {"email": f"{person}@example.org", "role": "auditor"})).json()[
        "id"
    ]
    number = await clinic.post(f"/v1/participants/{person}/identifiers", {"system": "LAB", "value": "7"})
    access = {"provider": "tremendous", "api_key": "TEST_key"}
    account = await clinic.post("/v1/providers", {"name": "Cards", "access": access})
    begun = await clinic.client().get("/fhir/R4/$export", headers={"prefer": "respond-async"})
    exported = begun.headers["content-location"].rpartition("/")[2]
    return {
        "provider_account": account.json()["id"],
        "staff": hired,
        "submission": await handed_in(clinic, enrolled.json()["id"]),
        "new_address": await readdressed(clinic, f"/v1/participants/{person}"),
        "identifier": number.json()["id"],
        "participant": person,
        "fhir_export": exported,
        "account": f"{person}.usd",
        "enrollment": enrolled.json()["id"],
        "event": receipt["event"]["id"],
        "reward": shelf,
        "redemption": redeemed.json()["id"],
        "hat": hat.json()["id"],
        "group": group,
        "draw": drawn.json()["id"],
        "prize": drawn.json()["draws"][0]["prize"]["id"],
        "closure": closure,
        "cap": capped,
        "budget": await budgeted(clinic),
        "screening": await screened(clinic, person),
        "guardian_consent": await guarded(clinic, person),
        "subscriber": told,
        "consent": consent,
        "restriction": restriction,
        "emergency": emergency,
        "erasure": erase,
        "key": clinic.key_ids["front_desk"],
        "actor": clinic.key_ids["front_desk"],
        "manual_award": proposed.json()["id"],
        "write_off": stocked.json()["write_off"],
        "source": source["id"],
        "message": message,
        "name": "own-program",
        "version": "1",
    }


async def test_no_key_and_a_bad_key_are_401_on_every_route(clinic: Clinic) -> None:
    """Nothing is said about anything to somebody unknown."""
    bad = [
        {},
        {"authorization": "Bearer cmr_nonsense"},
        {"authorization": "Basic YTpi"},
        {"authorization": "Bearer"},
    ]
    altered = clinic.keys["manager"][:-1] + ("A" if clinic.keys["manager"][-1] != "A" else "B")
    bad.append({"authorization": f"Bearer {altered}"})
    async with httpx.AsyncClient(base_url=clinic.url, timeout=30) as nobody:
        for route in GUARDED:
            for headers in bad:
                answer = await ask(nobody, route, {}, **headers)
                assert (answer.status_code, said(answer)["code"]) == (401, "unauthenticated"), name_of(route)
                assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_reaches_its_routes_and_no_other(clinic: Clinic, role: Role) -> None:
    """The wrong role is 403 on every route, and never on its own."""
    for route in GUARDED:
        answer = await ask(clinic.client(role), route, {})
        if route.tag == "sessions":
            continue
        assert (answer.status_code == 403) is (role not in route.roles), f"{name_of(route)}: {WORDS[role]}"
        if answer.status_code == 403:
            assert said(answer)["code"] == "forbidden"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "integration"])
async def test_a_person_of_a_role_reaches_what_a_key_of_it_reaches(clinic: Clinic, role: Role) -> None:
    """And their session's own routes, which are no key's; a page's session reaches nothing of the API."""
    for route in GUARDED:
        if route.name == "end_session":
            continue
        answer = await ask(clinic.person(role), route, {})
        assert (answer.status_code == 403) is (role not in route.roles), name_of(route)
        if route.tag == "sessions":
            assert (await ask(clinic.client(role), route, {})).json()["code"] == "person_needed"


@pytest.mark.parametrize(
    ("role", "by"),
    [(role, by) for role in ROLES for by in ("key", "session") if (role, by) != ("integration", "session")],
)
async def test_another_clinic_s_id_is_like_one_that_does_not_exist(
    clinic: Clinic, other: Clinic, role: Role, by: str
) -> None:
    """Every id of another clinic, in a path or in a body, is answered as an id that never was."""
    client = clinic.client(role) if by == "key" else clinic.person(role)
    theirs = await belongings(other)
    never = {name: str(examples.PATH[name]) for name in theirs} | {"name": "never-published"}
    for route in GUARDED:
        in_body = set(theirs) & set(getattr(route.body_type, "__struct_fields__", ()))
        in_body |= {"enrollment", "program"} & set(getattr(route.body_type, "__struct_fields__", ()))
        if role not in route.roles or not (route.path_types or in_body - {"name", "key"}):
            continue
        asked = dict(theirs, program="own-program")
        answer = await ask(client, route, asked)
        unknown = await ask(client, route, {**never, "program": "never-published"})
        assert answer.status_code == unknown.status_code == 404, (
            f"{name_of(route)}: {answer.text} {unknown.text}"
        )
        told, same = said(answer), said(unknown)
        assert (told["code"], told["title"]) == (same["code"], same["title"])
        assert told["detail"] == same["detail"].replace("never-published", "own-program"), name_of(route)


async def test_lists_show_nothing_of_another_clinic(clinic: Clinic, other: Clinic) -> None:
    """Whatever the filters name, only the caller's own clinic is looked at."""
    theirs = await belongings(other)
    for route in GUARDED:
        if not route.is_list or route.path_types or route.path in OWN_FROM_THE_START:
            continue
        assert route.asked_type is not None
        fields = route.asked_type.__struct_fields__
        filters: list[dict[str, str]] = [{}]
        filters += [{name: theirs[name]} for name in ("participant", "enrollment") if name in fields]
        for asked in filters:
            answer = await clinic.get(route.path, "manager", **asked)
            assert answer.status_code in {200, 404}, answer.text
            assert answer.json().get("items", []) == [], f"{name_of(route)} {asked}"
