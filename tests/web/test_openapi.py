"""The contract says what is so: its examples work, and its bounds are those that are held."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx
import jsonschema_rs
import msgspec
import pytest

from schemas.problem import Problem
from service.web.api.contract import contract_bytes
from service.web.api.routes import ROUTES
from service.web.contract import examples
from service.web.contract.examples_of_budgets import BUDGET
from service.web.contract.examples_of_caps import CAP
from service.web.contract.examples_of_groups import GROUP
from service.web.contract.examples_of_inbound import SOURCE
from service.web.contract.examples_of_notices import SUBSCRIBER
from service.web.contract.examples_of_providers import PROVIDER_ACCOUNT
from service.web.contract.refusals import codes_of, own_codes_of
from service.web.http.answers import MEANINGS
from service.web.http.route import OPEN, Route

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

CONTRACT: dict[str, Any] = json.loads(contract_bytes())
SHOWN = [route for route in ROUTES if route.shown]


def name_of(route: Route) -> str:
    """Show a route as a reader of the contract would."""
    return f"{route.method} {route.path}"


def operation(route: Route) -> dict[str, Any]:
    """Find a route's operation in the contract."""
    found: dict[str, Any] = CONTRACT["paths"][route.path][route.method.lower()]
    return found


def meant(part: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to a component, as a reader of the contract does."""
    while "$ref" in part:
        found: Any = CONTRACT
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def validator(schema: dict[str, Any]) -> jsonschema_rs.Validator:
    """Make a validator of a schema of the contract: one for all schemas that say the same."""
    return _validator(json.dumps(schema))


@cache
def _validator(schema: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for({**json.loads(schema), "components": CONTRACT["components"]})


def refusals(route: Route, status: str) -> dict[str, Problem]:
    """Read the problems that an operation's answer shows, by code."""
    content = meant(operation(route)["responses"][status])["content"]["application/problem+json"]
    return {code: msgspec.convert(meant(one)["value"], Problem) for code, one in content["examples"].items()}


async def test_the_served_contract_equals_the_printed_one(clinic: Clinic) -> None:
    """There is one contract."""
    async with httpx.AsyncClient(base_url=clinic.url) as anyone:
        assert (await anyone.get("/openapi.json")).content == contract_bytes()


def test_the_contract_lists_every_route_and_no_later_one() -> None:
    """Nothing is promised that is not there yet."""
    told = {f"{method.upper()} {path}" for path, methods in CONTRACT["paths"].items() for method in methods}
    assert told == {name_of(route) for route in SHOWN}


@pytest.mark.parametrize("route", SHOWN, ids=name_of)
def test_each_operation_documents_parameters_bodies_and_answers(route: Route) -> None:
    """Each has a short summary, a description, its guard, and examples of what it takes."""
    told = operation(route)
    assert told["operationId"] == route.name
    assert told["summary"][0].isupper()
    assert not told["summary"].endswith(".")
    assert len(told["summary"]) <= 60
    assert told["description"].endswith((".", "```"))
    assert (told.get("security") == []) is (route.roles is OPEN)
    if route.shape is not None:
        bodies = told["requestBody"]["content"]
        # A text of lines has its example in its own words.
        assert all(body.get("examples") or "```" in body["schema"]["description"] for body in bodies.values())


@pytest.mark.parametrize("route", SHOWN, ids=name_of)
def test_each_refusal_is_documented_with_an_example(route: Route) -> None:
    """Its own stand under their status, and what any operation can refuse under `default`."""
    statuses = {status for status in operation(route)["responses"] if status >= "400"}
    own = {
        status for status in statuses if status != "default" and (status, route.path) != ("503", "/readyz")
    }
    assert own == {str(status) for status in own_codes_of(route)}
    shown: dict[str, Problem] = {}
    for status in own:
        found = refusals(route, status)
        assert {problem.status for problem in found.values()} == {int(status)}
        shown |= found
    shown |= refusals(route, "default")
    assert {code for codes in codes_of(route, SHOWN).values() for code in codes} <= shown.keys()
    for code, problem in shown.items():
        assert (problem.code, problem.status) == (code, MEANINGS[problem.code].status)


@pytest.mark.parametrize("route", SHOWN, ids=name_of)
def test_the_examples_have_the_form_that_the_contract_gives_them(route: Route) -> None:
    """Every example decodes, and holds against its schema."""
    told = operation(route)
    taken = told.get("requestBody", {}).get("content", {})
    answers = [meant(answer).get("content", {}) for answer in told["responses"].values()]
    for media, part in [*taken.items(), *(one for answer in answers for one in answer.items())]:
        for example in part.get("examples", {}).values():
            value = meant(example)["value"]
            validator(part["schema"]).validate(value)
            if media == "application/json" and part in taken.values():
                msgspec.convert(value, route.shape)


@pytest.mark.parametrize("shape", examples.ANSWERS, ids=lambda shape: shape.__name__)
def test_answer_examples_validate_against_their_schemas(shape: type[Any]) -> None:
    """It is what would be sent, without the nulls that may be left out, and holds against the schema."""
    schema = CONTRACT["components"]["schemas"][shape.__name__]
    (example,) = schema["examples"]
    whole = msgspec.to_builtins(examples.ANSWERS[shape])
    for value in (example, whole):
        validator(schema).validate(value)
    assert without_nulls(example) == without_nulls(whole)


def without_nulls(value: Any) -> Any:  # noqa: ANN401  any JSON
    """Leave out what is null."""
    if isinstance(value, dict):
        return {name: without_nulls(part) for name, part in value.items() if part is not None}
    return [without_nulls(part) for part in value] if isinstance(value, list | tuple) else value


# long: each example in turn, and what the next ones need of its answer
async def test_the_examples_can_be_posted(clinic: Clinic) -> None:
    """A reader may copy a body out of the contract: with the ids of the clinic put in, it is done."""
    order = [
        "publish_program", "register_participant", "enroll_participant", "record_event", "record_events",
        "tabulate_program", "forecast_program", "review_program", "back_test_program", "add_reward",
        "change_stock", "change_reward", "redeem_reward", "set_second_person_limit",
        "set_second_person_rules", "propose_opening", "draw_slips", "draw_names", "change_participant",
        "propose_manual_award", "refuse_manual_award", "refuse_write_off", "add_cap", "set_budget",
        "change_budget", "set_reminder_settings", "say_reminder_leave", "take_reminder_reply",
        "set_submission_settings", "end_cap", "set_points_worth", "set_tax_threshold", "issue_key",
        "set_billing_rule", "set_screening_questions", "screen_participant", "set_guardian_rule",
        "set_brand_rule", "record_guardian_consent", "enter_closure", "add_subscriber", "change_subscriber",
        "replay_notices", "record_consent", "ask_restriction", "propose_erasure", "open_emergency",
        "add_source", "change_source", "try_source", "rotate_source_secret", "set_pull",
        "register_smart_client", "add_provider_account", "change_provider_account", "create_group",
        "change_group", "add_group_member", "record_group_session", "transfer_enrollment", "close_enrollment",
        "add_staff", "add_identifier", "save_report",
    ]  # fmt: skip  # table: an order, in which each needs what stands before it
    alone = {  # needs what stands in no contract: another person, a signature, luck, mail that is set up
        "decline_restriction", "refuse_erasure", "add_reward_codes", "replace_redemption",
        "take_back_redemption", "refuse_redemption_change", "take_second_look", "refuse_opening",
        "withdraw_opening", "correct_event", "correct_named_event", "end_identifier", "add_to_event",
        "move_enrollment", "give_prize", "receive_message", "correct_message", "discard_message",
        "change_staff", "plan_visit", "merge_participants", "unmerge_participants", "open_session",
        "prove_session", "change_provider_product", "receive_provider_notice", "replace_prize",
        "take_back_prize", "hand_in_submission", "verify_submission", "ask_submission_again", "say_of_card",
        "add_provider_product", "mail_saved_report",
    }  # fmt: skip  # table: the others
    assert {*order, *alone} == set(examples.BODIES)
    another = clinic.another()
    routes = {route.name: route for route in ROUTES}
    ids = {examples.PROGRAM_NAME: examples.PROGRAM_NAME}
    for name in order:
        route = routes[name]
        for media, body in operation(route)["requestBody"]["content"].items():
            lines = body["schema"].get("description", "").partition("```\n")[2].removesuffix("```")
            told = [json.dumps(meant(one)["value"]) for one in body.get("examples", {}).values()]
            for example in told or [lines]:
                text = example
                for known, new in ids.items():
                    text = text.replace(known, new)
                headers = {"content-type": media, "if-match": "*"} | (
                    {"idempotency-key": name} if route.key_required else {}
                )
                path = route.path.format(
                    **{part: ids.get(str(examples.PATH[part]), part) for part in route.path_types}
                )
                # Nobody settles what they proposed.
                client = another if name.startswith("refuse_") else clinic.client()
                answer = await client.request(route.method, path, content=text.encode(), headers=headers)
                assert answer.status_code in route.statuses, f"{name} {media}: {answer.text}"
                said = answer.json()
                if name == "record_events":
                    assert {one["status"] for one in said["results"]} <= {200, 201}, answer.text
                for part, sample in (
                    ("register_participant", examples.PARTICIPANT),
                    ("enroll_participant", examples.ENROLLMENT),
                    ("add_reward", examples.REWARD),
                    ("propose_manual_award", examples.MANUAL_AWARD),
                    ("add_cap", CAP),
                    ("set_budget", BUDGET),
                    ("create_group", GROUP),
                    ("add_subscriber", SUBSCRIBER),
                    ("add_source", SOURCE),
                    ("add_provider_account", PROVIDER_ACCOUNT),
                ):
                    if part == name:
                        ids[str(sample)] = said["id"]
                if name == "transfer_enrollment":
                    ids[str(examples.ENROLLMENT)] = said["opened"]["id"]
                if name == "change_stock" and answer.status_code == 202:
                    ids[str(examples.WRITE_OFF)] = said["write_off"]


async def test_the_links_lead_from_a_person_to_a_gift_in_hand(clinic: Clinic) -> None:
    """Participant, enrollment, event, outlook; reward, redemption, give: each leads to the next."""
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    who = await clinic.post("/v1/participants", {"reference": "A-1042"})
    enrolled = await follow(clinic, "register_participant", who, "enroll_participant")
    receipt = await follow(clinic, "enroll_participant", enrolled, "record_event")
    assert receipt.json()["total"] == [{"unit": "usd", "amount": 250}]
    outlook = await follow(clinic, "record_event", receipt, "read_outlook")
    assert outlook.json()["outlook"][0]["next"] == receipt.json()["outlook"][0]["next"]
    shelf = {"name": "Mug", "unit": "usd", "price": 250, "kind": "item", "category": "leisure"}
    reward = await clinic.post("/v1/rewards", shelf)
    known = who.json()["id"]
    asked = await follow(clinic, "add_reward", reward, "redeem_reward", participant=known, quantity=1)
    given = await follow(clinic, "redeem_reward", asked, "give_redemption")
    assert given.json()["status"] == "given"


async def follow(
    clinic: Clinic, here: str, answer: httpx.Response, there: str, **also: object
) -> httpx.Response:
    """Go along one link of an answer, as its words say; `also` is what whoever follows it knows."""
    routes = {route.name: route for route in SHOWN}
    link = operation(routes[here])["responses"][str(answer.status_code)]["links"][there]
    assert link["operationId"] == there

    def said(place: object) -> Any:  # noqa: ANN401  any JSON
        if not isinstance(place, str) or not place.startswith("$response.body#/"):
            return place
        value = answer.json()
        for name in place.removeprefix("$response.body#/").split("/"):
            value = value[name]
        return value

    path = routes[there].path.format(
        **{name: said(place) for name, place in link.get("parameters", {}).items()}
    )
    body = (
        {name: said(place) for name, place in link["x-requestBody"].items()} | also
        if "x-requestBody" in link
        else None
    )
    headers = {"idempotency-key": there}
    done = await clinic.client().request(routes[there].method, path, json=body, headers=headers)
    assert done.is_success, done.text
    return done


@pytest.mark.parametrize("route", [route for route in SHOWN if route.asked_type], ids=name_of)
async def test_query_parameters_are_bounded_as_documented(clinic: Clinic, route: Route) -> None:
    """One below, one above: refused; the ends themselves: taken."""
    path = route.path.format(**examples.PATH)
    for parameter in map(meant, operation(route)["parameters"]):
        schema = meant(parameter["schema"])
        if parameter["in"] != "query":
            continue
        bad, good = [], []
        if "maximum" in schema:
            bad += [schema["maximum"] + 1, schema["minimum"] - 1]
            good += [schema["maximum"], schema["minimum"]]
        if "maxLength" in schema and "pattern" not in schema:
            bad += ["a" * (schema["maxLength"] + 1), ""]
        if "enum" in schema:
            bad.append("nonsense")
            good += schema["enum"]
        if schema.get("format") in {"uuid", "date-time", "date"}:
            bad += ["nonsense", ""]
        for value in bad:
            answer = await clinic.client().get(path, params={parameter["name"]: value})
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), (
                f"{parameter['name']}={value}"
            )
        for value in good:
            # A stream's answer begins, and lasts as long as it was asked to.
            async with clinic.client().stream("GET", path, params={parameter["name"]: value}) as begun:
                assert begun.status_code in {200, 404}, (await begun.aread()).decode()
