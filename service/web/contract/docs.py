"""The contract as a page for people: written out from the OpenAPI document, without script."""

# ruff: noqa: E501  markup is read by its nesting, and a wrapped string hides it

import json
from html import escape
from typing import Any, Final

from schemas.problem import Code
from service.web.http.answers import Meaning

Json = dict[str, Any]

METHODS: Final = ("get", "post", "patch", "delete")
_RANGES: Final = (
    ("minimum", "maximum", ""), ("minLength", "maxLength", " characters"), ("minItems", "maxItems", " items"),
)  # fmt: skip


def page(contract: Json) -> bytes:
    """The whole contract: every operation, every shape."""
    tags = [tag["name"] for tag in contract["tags"]]
    operations: dict[str, list[str]] = {tag: [] for tag in tags}
    for path, methods in contract["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                operations[operation["tags"][0]].append(_operation(path, method, operation, contract))
    menu = "".join(f'<li><a href="#{escape(tag)}">{escape(tag)}</a></li>' for tag in tags)
    groups = "".join(
        f'<section><h2 id="{escape(tag["name"])}">{escape(tag["name"])}</h2><p>{escape(tag["description"])}</p>'
        f"{''.join(operations[tag['name']])}</section>"
        for tag in contract["tags"]
    )
    shapes = "".join(_shape(name, schema) for name, schema in contract["components"]["schemas"].items())
    info = contract["info"]
    return _html(
        f"{info['title']}: the API",
        f'<nav aria-label="Contents"><ul>{menu}<li><a href="#shapes">shapes</a></li></ul></nav>'
        f"<main><h1>{escape(info['title'])}</h1><p><strong>{escape(info['summary'])}</strong></p>{_words(info['description'])}"
        '<p>For software: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>'
        f'{groups}<section><h2 id="shapes">Shapes</h2>{shapes}</section></main>',
    )


def problem(code: Code, meaning: Meaning) -> bytes:
    """The meaning of one refusal; its problem details name this page as their `type`."""
    return _html(
        meaning.title,
        f"<main><h1>{escape(meaning.title)}</h1><p>{escape(meaning.says)}</p>"
        f"<p>Code <code>{escape(code)}</code>, status {meaning.status}.</p>"
        '<p><a href="/docs">All calls</a></p></main>',
    )


def _html(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/docs.css"></head><body>{body}</body></html>\n'
    ).encode()


def _words(text: str) -> str:
    """Paragraphs, with `code` as code."""
    out = []
    for place, part in enumerate(text.split("```")):
        if place % 2:
            out.append(f"<pre><code>{escape(part.strip())}</code></pre>")
        else:
            out += [f"<p>{_inline(paragraph)}</p>" for paragraph in part.split("\n\n") if paragraph.strip()]
    return "".join(out)


def _inline(text: str) -> str:
    parts = enumerate(escape(text).split("`"))
    return "".join(f"<code>{part}</code>" if place % 2 else part for place, part in parts)


def _operation(path: str, method: str, operation: Json, contract: Json) -> str:
    name = escape(operation["operationId"])
    parts = [_words(operation["description"]), _parameters(operation, contract)]
    for media, body in operation.get("requestBody", {}).get("content", {}).items():
        says = _words(body["schema"].get("description", ""))
        parts.append(
            f"<h4>Body <code>{escape(media)}</code> {_type(body['schema'])}</h4>{says}{_examples(body)}"
        )
    for status, answer in operation["responses"].items():
        content = answer.get("content", {})
        for media, body in content.items():
            shown = _examples(body) if status.startswith("2") else _codes(body)
            parts.append(
                f"<h4><span class=s{status[0]}>{escape(status)}</span> <code>{escape(media)}</code> {_type(body['schema'])}</h4>{shown}"
            )
        if not content:
            parts.append(
                f"<h4><span class=s{status[0]}>{escape(status)}</span></h4><p>{escape(answer['description'])}</p>"
            )
    return (
        f'<details id="{name}"><summary><span class="m {method}">{method.upper()}</span> <code>{escape(path)}</code> '
        f"{escape(operation['summary'])}</summary>{''.join(parts)}</details>"
    )


def _parameters(operation: Json, contract: Json) -> str:
    rows = []
    for parameter in operation.get("parameters", ()):
        known = contract["components"]["parameters"]
        one = known[parameter["$ref"].rsplit("/", 1)[-1]] if "$ref" in parameter else parameter
        rows.append(
            f"<tr><th><code>{escape(one['name'])}</code></th><td>{escape(one['in'])}{', required' if one.get('required') else ''}</td>"
            f"<td>{_type(one['schema'])} {escape(_bounds(one['schema']))}</td><td>{_inline(one.get('description', ''))}</td></tr>"
        )
    return f"<table>{''.join(rows)}</table>" if rows else ""


def _shape(name: str, schema: Json) -> str:
    required = schema.get("required", ())
    rows = "".join(
        f"<tr><th><code>{escape(field)}</code></th><td>{'required' if field in required else ''}</td>"
        f"<td>{_type(part)} {escape(_bounds(part))}</td></tr>"
        for field, part in schema.get("properties", {}).items()
    )
    return f'<details id="shape-{escape(name)}"><summary><code>{escape(name)}</code></summary>{_words(schema.get("description", ""))}<table>{rows}</table></details>'


def _type(schema: Json) -> str:
    """A schema in a few words, with links to the shapes that it names."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#shape-{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(part) for part in schema["anyOf"])
    if "enum" in schema:
        return escape(", ".join(str(one) for one in schema["enum"]))
    if schema.get("type") == "array":
        inner = schema.get("items") or {}
        return f"list of {_type(inner)}" if isinstance(inner, dict) else "list"
    if "const" in schema:
        return escape(str(schema["const"]))
    return escape(schema.get("format") or schema.get("type") or schema.get("title", "anything"))


def _bounds(schema: Json) -> str:
    """How large or long, and what stands where it is left out."""
    parts = []
    for least, most, what in _RANGES:
        low, high = schema.get(least), schema.get(most)
        if low is not None and high is not None:
            parts.append(f"{low} to {high}{what}")
        elif high is not None or low is not None:
            parts.append(f"at least {low}{what}" if high is None else f"at most {high}{what}")
    if schema.get("default") not in (None, [], {}):
        parts.append(f"default {json.dumps(schema['default'])}")
    return f"({'; '.join(parts)})" if parts else ""


def _examples(body: Json) -> str:
    return "".join(
        f"<pre><code>{escape(one['value'] if isinstance(one['value'], str) else json.dumps(one['value'], indent=2))}</code></pre>"
        for one in body.get("examples", {}).values()
    )


def _codes(body: Json) -> str:
    return (
        "<ul>"
        + "".join(
            f'<li><a href="/problems/{escape(code)}"><code>{escape(code)}</code></a> {escape(one["value"]["detail"])}</li>'
            for code, one in body.get("examples", {}).items()
        )
        + "</ul>"
    )
