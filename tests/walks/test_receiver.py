"""The documented receiver runs as it is written, takes what we sign, and refuses what others sign."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec
import pytest

from service.clock import machine_clock
from service.core.signatures import read_secret, sign
from service.flows.notices.subscribers import new_secret
from service.web.contract.examples_of_notices import sent

ROOT = Path(__file__).resolve().parents[2]
SECRET = new_secret()
ID = "01a20fac-0000-7000-8000-000000000001"


def programs() -> list[str]:
    """Take the Python blocks about receiving: a whole receiver, and a check without a library."""
    text = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    section = re.search(r"^## Receiving notices\n(.*?)^## ", text, re.DOTALL | re.MULTILINE)
    assert section, "docs/webhooks.md has no section `Receiving notices`"
    return re.findall(r"^```python\n(.*?)^```", section[1], re.DOTALL | re.MULTILINE)


def headers(body: bytes, secret: str, *, ago_s: int = 0) -> dict[str, str]:
    """Sign a body as it is signed when it is sent."""
    key = read_secret(secret)
    assert key is not None
    at = int(machine_clock().timestamp()) - ago_s
    return {"webhook-id": ID, "webhook-timestamp": str(at), "webhook-signature": sign(ID, at, body, [key])}


def answers(url: str) -> None:
    """Wait until somebody listens there."""
    for _ in range(200):
        try:
            httpx.get(url)
        except httpx.ConnectError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the receiver did not start")


def test_documented_receiver_is_ten_lines_and_takes_only_what_is_signed() -> None:
    """Every type that there is: 204 and printed; another secret, another body, an old one: no answer."""
    code = programs()[0]
    assert len([line for line in code.splitlines() if line]) == 10
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-c", code.replace("8099", str(port))],
        env={**os.environ, "SECRET": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        answers(url)
        bodies = list(sent().values())
        for body in bodies:
            assert httpx.post(url, content=body, headers=headers(body, SECRET)).status_code == 204
        for forged in (
            headers(body, new_secret()),
            headers(body + b" ", SECRET),
            headers(body, SECRET, ago_s=3600),
            {},
        ):
            with pytest.raises(httpx.RemoteProtocolError):
                httpx.post(url, content=body, headers=forged)
    finally:
        running.terminate()
        told, _ = running.communicate(timeout=10)
    assert told.decode().splitlines() == [str(msgspec.json.decode(body)) for body in bodies]


def test_documented_check_without_a_library_agrees_with_what_is_sent() -> None:
    """It believes a notice of each type; not another secret or body, and no time far off either way."""
    names: dict[str, Callable[..., bool]] = {}
    exec(programs()[1], names)  # noqa: S102  the page's own code, run as it stands there
    is_signed = names["is_signed"]
    for body in sent().values():
        assert is_signed(SECRET, headers(body, SECRET), body)
    assert not is_signed(SECRET, headers(body, new_secret()), body)
    assert not is_signed(SECRET, headers(body, SECRET), body + b" ")
    assert not is_signed(SECRET, headers(body, SECRET, ago_s=3600), body)
    assert not is_signed(SECRET, headers(body, SECRET, ago_s=-3600), body)
    both = headers(body, SECRET)
    both["webhook-signature"] = "v1,AAAA " + both["webhook-signature"]
    assert is_signed(SECRET, both, body)
