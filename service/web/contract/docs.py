"""The contract for people: the reference page, and one page for each refusal."""

import gzip
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import msgspec

from schemas.problem import Code
from service.web.contract.code_samples import with_samples
from service.web.http.answers import Meaning

SCRIPT: Final = Path(__file__).parents[1] / "static" / "vendor" / "scalar" / "api-reference-1.76.0.js.gz"
"""Scalar's API reference as its authors publish it; the version in its name lets browsers keep it."""
SETTINGS: Final = (Path(__file__).parent / "reference.js").read_bytes()

PAGE: Final = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Rewards: the API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
</head>
<body>
<noscript>
<h1>Rewards: the API</h1>
<p>This page needs a script. All that it shows is in <a href="/openapi.json">openapi.json</a>.</p>
</noscript>
<div id="reference"></div>
<script src="/docs/{SCRIPT.stem}"></script>
<script src="/docs/reference.js"></script>
</body>
</html>
""".encode()


@cache
def script() -> bytes:
    """The reference page's script, with gzip."""
    return SCRIPT.read_bytes()


@cache
def sampled(contract: bytes) -> bytes:
    """The contract with code samples, with gzip."""
    return gzip.compress(msgspec.json.encode(with_samples(msgspec.json.decode(contract))), 9, mtime=0)


def problem(code: Code, meaning: Meaning) -> bytes:
    """The meaning of one refusal; its problem details name this page as their `type`."""
    title = escape(meaning.title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/docs.css"></head>'
        f"<body><main><h1>{title}</h1><p>{escape(meaning.says)}</p>"
        f"<p>Code <code>{escape(code)}</code>, status {meaning.status}.</p>"
        '<p><a href="/docs">All calls</a></p></main></body></html>\n'
    ).encode()
