"""The published contract is small, whole and plain, so that people and generators of clients can read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import validate

from service.web.printing import PUBLISHED

BYTES_MAX = 700_000
PRINT = (PUBLISHED / "openapi.json").read_bytes()
CONTRACT: dict[str, Any] = json.loads(PRINT)
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]
OPERATIONS = [told for methods in CONTRACT["paths"].values() for told in methods.values()]
NOTICES = [told["post"] for told in CONTRACT["webhooks"].values()]


def schemas(part: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  any JSON
    """Walk every object of the contract that is not an example."""
    if isinstance(part, dict):
        yield part
        for name, inner in part.items():
            if name not in {"example", "examples", "default", "const", "enum"}:
                yield from schemas(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from schemas(inner)


def referred(part: Any) -> Iterator[str]:  # noqa: ANN401  any JSON
    """Walk every reference of the contract."""
    if isinstance(part, dict):
        yield from ([part["$ref"]] if isinstance(part.get("$ref"), str) else [])
        yield from (one for inner in part.values() for one in referred(inner))
    elif isinstance(part, list):
        yield from (one for inner in part for one in referred(inner))


def test_contract_is_under_700_kilobytes() -> None:
    """What is said often is said once: components, and no space that nobody reads."""
    assert len(PRINT) < BYTES_MAX


def test_contract_is_valid_openapi_3_1() -> None:
    """OpenAPI 3.1 as its own schema has it."""
    assert CONTRACT["openapi"].startswith("3.1.")
    validate(CONTRACT)


@cache
def registry() -> jsonschema_rs.Registry:
    """Give the components as every schema refers to them: once, for to read them all takes a while."""
    whole = {"$schema": CONTRACT["jsonSchemaDialect"], "components": CONTRACT["components"]}
    return jsonschema_rs.Registry([("urn:contract", whole)], draft=jsonschema_rs.Draft202012)


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_valid_json_schema_2020_12(name: str) -> None:
    """Anyone may validate with it."""
    assert CONTRACT["jsonSchemaDialect"] == "https://json-schema.org/draft/2020-12/schema"
    schema = {"$schema": CONTRACT["jsonSchemaDialect"], **SCHEMAS[name]}
    assert jsonschema_rs.meta.is_valid(schema)
    jsonschema_rs.Draft202012Validator(
        {"$ref": f"urn:contract#/components/schemas/{name}"}, registry=registry()
    )


def test_references_and_components_match() -> None:
    """Nothing dangles, and nothing is left over."""
    there = {
        f"#/components/{kind}/{name}"
        for kind, members in CONTRACT["components"].items()
        for name in members
        if kind != "securitySchemes"
    }
    assert set(referred(CONTRACT)) == there


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_field_is_described(name: str) -> None:
    """In its own words, or in those of the component that it refers to."""
    told = SCHEMAS[name]
    assert told["description"].endswith((".", "`"))
    for part in schemas(told):
        for field, inner in part.get("properties", {}).items():
            said = inner if "description" in inner else SCHEMAS[inner["$ref"].rsplit("/", 1)[-1]]
            assert said["description"].endswith("."), field


def test_each_parameter_is_described() -> None:
    """In the query, the path and the headers."""
    inline = [one for told in OPERATIONS for one in told.get("parameters", ()) if "$ref" not in one]
    for parameter in [*inline, *CONTRACT["components"]["parameters"].values()]:
        assert parameter["description"].endswith("."), parameter["name"]


def test_each_enum_is_a_named_component() -> None:
    """A list of values stands once, as a component. A single value is a `const`, or a list beside others.

    Generators read `anyOf` of a number and a `const` as the constant alone.
    """
    named = [schema for schema in SCHEMAS.values() if "enum" in schema]
    assert len(named) > 30
    assert all(len(schema["enum"]) > 1 for schema in named)
    parts = list(schemas(CONTRACT))
    assert sum(len(part.get("enum", ())) > 1 for part in parts) == len(named)
    beside = [one for part in parts for one in part.get("anyOf", ())]
    assert not any("const" in one for one in beside)
    assert sum(len(part.get("enum", ())) == 1 for part in parts) == sum("enum" in one for one in beside) > 0


def test_contract_avoids_constructs_that_generators_refuse() -> None:
    """No look-around, no null by default, no tuple, no closed array, and no object as a link's body."""
    for part in schemas(CONTRACT):
        assert part.get("default", ...) is not None, part
        assert "prefixItems" not in part
        assert part.get("items", True) is not False
        if isinstance(part.get("pattern"), str):
            assert not re.search(r"\(\?(?!:)", part["pattern"]), part["pattern"]
    links = [
        link
        for told in OPERATIONS
        for answer in told["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert links
    assert all("requestBody" not in link for link in links)


def test_operations_and_tags_have_readable_names() -> None:
    """Each has one tag that is declared, and a name of its own that begins with what it does."""
    tags = {tag["name"]: tag["description"] for tag in CONTRACT["tags"]}
    names = [told["operationId"] for told in [*OPERATIONS, *NOTICES]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(?:_[a-z]+)+", name) for name in names)
    assert all(re.fullmatch(r"[A-Z][a-z]*(?:[ -][a-z]+)*", name) for name in tags)
    assert {tag for told in [*OPERATIONS, *NOTICES] for tag in told["tags"]} == set(tags)
    grouped = [name for group in CONTRACT["x-tagGroups"] for name in group["tags"]]
    assert sorted(grouped) == sorted(tags)
