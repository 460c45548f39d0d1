"""The pages of the demo: how long each takes to answer, and what it weighs with all that it loads."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from msgspec import Struct

from tests.bench import ground
from tests.bench.rows import AT_MOST, Row, tell

TIMES = 9
"""How often a page is asked for; the median counts."""
PAGES_MAX = 60
"""How many pages of one face are looked at."""
LINK = re.compile(r"""<a\b[^>]*\bhref=["']([^"']+)["']""")
LOADED = re.compile(r"""(?:src|href)=["'](/static/[^"']+)["']""")
TOKEN = re.compile(r"""name=["']csrf["'] value=["']([^"']+)["']""")
KB = 1000


class PageFigures(Struct):
    """One page: its address, the median of its answers in milliseconds, and its weight in bytes."""

    path: str
    ms: float
    weight: int


@contextmanager
def demo(folder: Path) -> Iterator[dict[str, Any]]:
    """Run the demo, and give what it said of itself."""
    words = ground.rewards("demo", "--json", "--port", "0", "--data", str(folder))
    running = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    try:
        said: dict[str, Any] = json.loads(running.stdout.readline())
        yield said
    finally:
        running.terminate()
        running.wait()


def sign_in(client: httpx.Client, path: str, **fields: str) -> None:
    """Sign in by the form of the first page."""
    found = TOKEN.search(client.get("/").text)
    assert found, "the first page has no form"
    headers = {"origin": str(client.base_url).rstrip("/")}
    answer = client.post(path, data={"csrf": found[1], **fields}, headers=headers)
    assert answer.status_code == httpx.codes.SEE_OTHER, f"{path} answered {answer.status_code}"


def walk(client: httpx.Client, start: str, within: str) -> list[PageFigures]:
    """Look at every page that links lead to from a first one, within one face, one of each kind."""
    files: dict[str, int] = {}
    kinds: set[str] = set()
    waiting, seen = deque([start]), list[PageFigures]()
    while waiting and len(seen) < PAGES_MAX:
        path = waiting.popleft()
        kind = re.sub(r"[0-9a-f-]{36}|[0-9]+|(?<=/programs/)[^/]+", "*", path.split("?")[0])
        if kind in kinds:
            continue
        kinds.add(kind)
        answer, ms = _asked(client, path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        loaded = {unescape(found) for found in LOADED.findall(answer.text)}
        for one in loaded - files.keys():
            files[one] = client.get(one).num_bytes_downloaded
        seen.append(PageFigures(path, ms, answer.num_bytes_downloaded + sum(files[one] for one in loaded)))
        for link in LINK.findall(answer.text):
            led = urlsplit(urljoin(path, unescape(link)))
            if not led.netloc and led.path.startswith(within):
                waiting.append(led.path + (f"?{led.query}" if led.query else ""))
    return seen


def _asked(client: httpx.Client, path: str) -> tuple[httpx.Response, float]:
    times = []
    answer = client.get(path)
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = client.get(path)
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == httpx.codes.OK, f"{path} answered {answer.status_code}"
    return answer, statistics.median(times)


def measure(folder: Path) -> list[Row]:
    """Look at every page of the three faces on the demo's data."""
    tell("every page of the three faces")
    with demo(folder) as said:
        staff = {one["role"]: one for one in said["staff"]}
        faces: dict[str, list[PageFigures]] = {}
        for role, start, within in (("front_desk", "/desk", "/desk"), ("manager", "/manage", "/manage")):
            with httpx.Client(base_url=said["url"], timeout=20) as client:
                sign_in(client, "/sign-in", email=staff[role]["email"], password=staff[role]["password"])
                faces[within] = walk(client, start, within)
        with httpx.Client(base_url=said["url"], timeout=20) as client:
            sign_in(client, "/sign-in/code", code=said["participants"][0]["code"])
            faces["/portal"] = walk(client, "/portal", "/portal")
    rows = []
    for face, seen in faces.items():
        slow, heavy = max(seen, key=lambda page: page.ms), max(seen, key=lambda page: page.weight)
        tell(f"{face}: {len(seen)} pages; slowest {slow.path}, heaviest {heavy.path}")
        bar = 60 if face == "/portal" else 100
        rows += [
            Row(f"{face}: slowest of {len(seen)} pages", slow.ms, "ms", slow.ms, "ms", AT_MOST, 100, 50),
            Row(
                f"{face}: heaviest page",
                heavy.weight / KB,
                "kB",
                heavy.weight / KB,
                "kB",
                AT_MOST,
                bar,
                bar / 2,
            ),
        ]
    return rows
