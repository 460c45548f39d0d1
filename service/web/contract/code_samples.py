"""Code samples for the reference page: each operation in curl, Python and TypeScript."""

import json
import shlex
from typing import Any, Final, NamedTuple

Json = dict[str, Any]

METHODS: Final = ("get", "post", "patch", "delete")
KEY: Final = "a-key-of-your-own"


def with_samples(document: Json) -> Json:
    """The same document with `x-codeSamples` in every operation."""
    paths = {
        path: {
            method: {**told, "x-codeSamples": samples(_asked(path, method, told, document))}
            for method, told in methods.items()
        }
        for path, methods in document["paths"].items()
    }
    return {**document, "paths": paths}


class Asked(NamedTuple):
    """One request, as a sample sends it."""

    method: str
    path: str
    headers: dict[str, str]
    is_open: bool
    media: str
    body: Any


def samples(asked: Asked) -> list[Json]:
    """One request in each language."""
    return [
        {"lang": "shell", "label": "curl", "source": curl(asked)},
        {"lang": "python", "label": "Python", "source": python(asked)},
        {"lang": "typescript", "label": "TypeScript", "source": typescript(asked)},
    ]


def curl(asked: Asked) -> str:
    """The request as a command of a shell."""
    stream = " -N" if asked.media == "text/event-stream" else ""
    parts = [f'curl{stream} "$REWARDS_URL{asked.path}"']
    if asked.method != ("GET" if asked.body is None else "POST"):
        parts[0] += f" -X {asked.method}"
    parts += [] if asked.is_open else ['-H "Authorization: Bearer $REWARDS_KEY"']
    parts += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in asked.headers.items()]
    if asked.body is not None:
        parts += [
            "-H 'Content-Type: application/json'",
            f"-d {shlex.quote(json.dumps(asked.body, indent=2))}",
        ]
    return " \\\n  ".join(parts)


def python(asked: Asked) -> str:
    """The request in Python, with httpx."""
    key = "f\"Bearer {os.environ['REWARDS_KEY']}\""
    headers = [] if asked.is_open else [f'"Authorization": {key}']
    headers += [f'"{name}": {_python(value, 2)}' for name, value in asked.headers.items()]
    given = [f"f\"{{os.environ['REWARDS_URL']}}{asked.path}\""]
    given += [f"headers={{{', '.join(headers)}}}"] if headers else []
    given += [f"json={_python(asked.body, 1)}"] if asked.body is not None else []
    lines = ["import os", "", "import httpx", ""]
    if asked.media == "text/event-stream":
        given = [f'"{asked.method}"', *given, "timeout=None"]
        lines += ["with httpx.stream(", *(f"    {one}," for one in given), ") as answer:"]
        return "\n".join([*lines, "    for line in answer.iter_lines():", "        print(line)"])
    lines += [f"answer = httpx.{asked.method.lower()}(", *(f"    {one}," for one in given), ")"]
    shown = "answer.json()" if asked.media == "application/json" else "answer.text"
    return "\n".join([*lines, "answer.raise_for_status()", f"print({shown})"])


def typescript(asked: Asked) -> str:
    """The request in TypeScript, with fetch."""
    headers = [] if asked.is_open else ["Authorization: `Bearer ${process.env.REWARDS_KEY}`"]
    headers += [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in asked.headers.items()]
    headers += ['"Content-Type": "application/json"'] if asked.body is not None else []
    lines = [
        f"const answer = await fetch(`${{process.env.REWARDS_URL}}{asked.path}`, {{",
        f'  method: "{asked.method}",',
    ]
    if headers:
        lines += ["  headers: {", *(f"    {one}," for one in headers), "  },"]
    if asked.body is not None:
        written = json.dumps(asked.body, indent=2).replace("\n", "\n  ")
        lines += [f"  body: JSON.stringify({written}),"]
    lines += ["});", "if (!answer.ok) throw new Error(await answer.text());"]
    if asked.media == "text/event-stream":
        return "\n".join(
            [*lines, "for await (const part of answer.body!) console.log(new TextDecoder().decode(part));"]
        )
    shown = "json" if asked.media == "application/json" else "text"
    return "\n".join([*lines, f"console.log(await answer.{shown}());"])


def _asked(path: str, method: str, told: Json, document: Json) -> Asked:
    """The request of an operation, from its first example; a parameter that may be left out is."""
    headers: dict[str, str] = {}
    for given in told.get("parameters", ()):
        one = _resolved(given, document)
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one["example"]))
        elif one.get("required"):
            headers[one["name"]] = one.get("example", KEY)
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    example = next(iter(content.get("examples", {}).values()), None)
    body = None if example is None else _resolved(example, document)["value"]
    answer = next(one for status, one in told["responses"].items() if status.startswith("2"))
    return Asked(
        method.upper(), path, headers, told.get("security") == [], next(iter(answer["content"])), body
    )


def _resolved(part: Json, document: Json) -> Json:
    if "$ref" not in part:
        return part
    found: Any = document
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


def _python(value: Any, depth: int) -> str:  # noqa: ANN401  any JSON
    """A value as Python is written, four spaces a level."""
    inner, outer = "    " * (depth + 1), "    " * depth
    if isinstance(value, dict) and value:
        parts = (f"{inner}{json.dumps(name)}: {_python(part, depth + 1)},\n" for name, part in value.items())
        return f"{{\n{''.join(parts)}{outer}}}"
    if isinstance(value, list) and value:
        return f"[\n{''.join(f'{inner}{_python(part, depth + 1)},{chr(10)}' for part in value)}{outer}]"
    return json.dumps(value) if isinstance(value, str) else repr(value)
