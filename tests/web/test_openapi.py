"""The contract says what is so: its examples work, and its bounds are those that are held."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import jsonschema_rs
import msgspec
import pytest

from schemas.problem import Problem
from service.web.api.contract import contract_bytes
from service.web.api.routes import ROUTES
from service.web.contract import examples
from service.web.contract.examples_of_caps import CAP
from service.web.contract.examples_of_inbound import SOURCE
from service.web.contract.examples_of_notices import SUBSCRIBER
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


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Make a schema stand alone."""
    return {**schema, "components": CONTRACT["components"]}


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
    """Each has a summary, a description, its guard, and problems with examples for every refusal."""
    told = operation(route)
    assert told["summary"].endswith((".", "."))
    assert told["description"]
    assert (told.get("security") == []) is (route.roles is OPEN)
    for status, answer in told["responses"].items():
        if int(status) >= 400 and route.path != "/readyz":
            problem = answer["content"]["application/problem+json"]
            for code, example in problem["examples"].items():
                assert msgspec.convert(example["value"], Problem).code == code
                assert example["value"]["status"] == int(status)
    if route.shape is not None:
        bodies = told["requestBody"]["content"]
        # A text of lines has its example in its own words.
        assert all(body.get("examples") or "```" in body["schema"]["description"] for body in bodies.values())


@pytest.mark.parametrize("route", SHOWN, ids=name_of)
def test_the_examples_have_the_form_that_the_contract_gives_them(route: Route) -> None:
    """Every example decodes, and holds against its schema."""
    told = operation(route)
    parts = list(told.get("requestBody", {}).get("content", {}).items())
    parts += [one for answer in told["responses"].values() for one in answer.get("content", {}).items()]
    for media, part in parts:
        for example in part.get("examples", {}).values():
            value = example["value"]
            jsonschema_rs.validator_for(resolved(part["schema"])).validate(value)
            if (
                media == "application/json"
                and route.shape is not None
                and part in told["requestBody"]["content"].values()
            ):
                msgspec.convert(value, route.shape)


# long: each example in turn, and what the next ones need of its answer
async def test_the_examples_can_be_posted(clinic: Clinic) -> None:
    """A reader may copy a body out of the contract: with the ids of the clinic put in, it is done."""
    order = [
        "programs_publish", "participants_register", "enrollments_enroll", "events_record", "batches_record",
        "programs_tabulate", "rewards_add", "rewards_stock", "rewards_change", "redemptions_ask",
        "draws_draw", "hats_draw", "participants_change", "manual_awards_propose", "manual_awards_refuse",
        "write_offs_refuse", "caps_add", "caps_end", "tax_add", "keys_issue", "closures_enter",
        "subscribers_add", "subscribers_change", "subscribers_replay", "consents_give",
        "sources_add", "sources_change", "sources_try", "sources_rotate",
        "enrollments_transfer", "enrollments_close", "staff_create",
    ]  # fmt: skip
    # Codes need a code reward, a correction something to correct, a move a second version, a prize luck, a
    # message a signature, and a change of staff somebody on it.
    alone = {
        "rewards_codes", "corrections_correct", "corrections_move", "prizes_give", "inbound_take",
        "inbound_discard", "staff_change",
    }  # fmt: skip
    assert {*order, *alone} == set(examples.BODIES)
    another = await clinic.another("manager")
    routes = {route.name: route for route in ROUTES}
    ids: dict[str, str] = {}
    for name in order:
        route = routes[name]
        for media, body in operation(route)["requestBody"]["content"].items():
            lines = body["schema"].get("description", "").partition("```\n")[2].removesuffix("```")
            told = [json.dumps(one["value"]) for one in body.get("examples", {}).values()]
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
                client = another if name.endswith("_refuse") else clinic.client()
                answer = await client.request(route.method, path, content=text.encode(), headers=headers)
                assert answer.status_code in route.statuses, f"{name} {media}: {answer.text}"
                said = answer.json()
                if name == "batches_record":
                    assert {one["status"] for one in said["results"]} <= {200, 201}, answer.text
                for part, sample in (
                    ("participants_register", examples.PARTICIPANT),
                    ("enrollments_enroll", examples.ENROLLMENT),
                    ("rewards_add", examples.REWARD),
                    ("manual_awards_propose", examples.MANUAL_AWARD),
                    ("caps_add", CAP),
                    ("subscribers_add", SUBSCRIBER),
                    ("sources_add", SOURCE),
                ):  # fmt: skip
                    if part == name:
                        ids[str(sample)] = said["id"]
                if name == "enrollments_transfer":
                    ids[str(examples.ENROLLMENT)] = said["opened"]["id"]
                if name == "rewards_stock" and answer.status_code == 202:
                    ids[str(examples.WRITE_OFF)] = said["write_off"]


async def test_the_links_lead_from_a_person_to_a_gift_in_hand(clinic: Clinic) -> None:
    """Participant, enrollment, event, outlook; reward, redemption, give: each leads to the next."""
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    who = await clinic.post("/v1/participants", {"reference": "A-1042"})
    enrolled = await follow(clinic, "participants_register", who, "enrollments_enroll")
    receipt = await follow(clinic, "enrollments_enroll", enrolled, "events_record")
    assert receipt.json()["total"] == [{"unit": "usd", "amount": 250}]
    outlook = await follow(clinic, "events_record", receipt, "enrollments_look_ahead")
    assert outlook.json()["outlook"][0]["next"] == receipt.json()["outlook"][0]["next"]
    shelf = {"name": "Mug", "unit": "usd", "price": 250, "kind": "item", "category": "leisure"}
    reward = await clinic.post("/v1/rewards", shelf)
    asked = await follow(
        clinic, "rewards_add", reward, "redemptions_ask", participant=who.json()["id"], quantity=1
    )
    given = await follow(clinic, "redemptions_ask", asked, "redemptions_give")
    assert given.json()["status"] == "given"


async def follow(
    clinic: Clinic, here: str, answer: httpx.Response, there: str, **also: object
) -> httpx.Response:
    """Go along one link of an answer, as its words say; `also` is what whoever follows it knows."""
    routes = {route.name: route for route in SHOWN}
    link = operation(routes[here])["responses"][str(answer.status_code)]["links"][there]

    def said(place: object) -> Any:  # noqa: ANN401  any JSON
        if not isinstance(place, str) or not place.startswith("$response.body#/"):
            return place
        value = answer.json()
        for name in place.removeprefix("$response.body#/").split("/"):
            value = value[name]
        return value

    path = routes[there].path.format(
        **{name.removeprefix("path."): said(place) for name, place in link.get("parameters", {}).items()}
    )
    body = (
        {name: said(place) for name, place in link["requestBody"].items()} | also
        if "requestBody" in link
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
    for parameter in operation(route)["parameters"]:
        schema = parameter.get("schema", {})
        if parameter.get("in") != "query":
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
