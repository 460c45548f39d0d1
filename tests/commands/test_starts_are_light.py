"""What every start costs: a process reads what it needs, and builds its application once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SELDOM = ("charset_normalizer", "cryptography.x509", "joserfc", "jsonpath", "openpyxl", "segno", "webauthn")
"""What few processes ever use: workbooks, passkeys, an identity provider, QR codes, odd encodings, paths."""
CREATED_OF_READ_MAX = 1 / 10
"""How much CPU the application may take to be built, of what its code takes to be read."""

WEB = """
import json, os, sys, time
begun = time.process_time()
import service.app
from service.settings import read
read_s, settings, created = time.process_time() - begun, read(os.environ), []
for _ in range(3):
    begun = time.process_time()
    service.app.create_app(settings)
    created.append(time.process_time() - begun)
print(json.dumps({"modules": sorted(sys.modules), "read_s": read_s, "created_s": min(created)}))
"""
HELP = """
import contextlib, io, json, sys
from service.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(["--help"])
print(json.dumps({"modules": sorted(sys.modules)}))
"""
WATCHING = """
import json, sys
import service.commands.serve
print(json.dumps({"modules": sorted(sys.modules)}))
"""


def told(script: str, **environment: str) -> Any:  # noqa: ANN401  JSON
    """Run a script in a process of its own and read what it tells."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_web_process_reads_what_it_serves_with_and_is_built_at_once() -> None:
    """A library that few requests need waits for them; a handler a route made each start a third longer."""
    key = "a2V5IGZvciB0ZXN0cywgb2YgMzIgYnl0ZXMgbG9uZy4="
    stores = {"DATABASE_URL": "postgresql://rewards@/rewards", "REDIS_URL": "redis://127.0.0.1"}
    found = told(WEB, **stores, FIELD_KEYS=f"one:{key}", INDEX_KEY=key, AUDIT_KEY=key)
    assert [one for one in SELDOM if one in found["modules"]] == []
    assert found["created_s"] < found["read_s"] * CREATED_OF_READ_MAX


def test_help_reads_no_store_and_no_server() -> None:
    """Whoever asks what can be typed waits for the words alone."""
    modules = told(HELP)["modules"]
    rooms = {one.split(".")[1] for one in modules if one.startswith("service.")}
    assert rooms == {"cli", "collecting", "commands", "version"}
    assert {"asyncpg", "cryptography", "httpx", "litestar", "redis", "structlog"}.isdisjoint(modules)


def test_process_that_watches_over_the_web_processes_reads_no_server() -> None:
    """It takes the port and starts them; each of them reads what it serves with."""
    modules = told(WATCHING)["modules"]
    assert {"httpx", "jinja2", "litestar", "redis", "uvicorn"}.isdisjoint(modules)
