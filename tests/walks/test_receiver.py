"""The README's receiver runs as it is written, takes what we sign, and refuses what somebody else does."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import msgspec
import pytest

from service.core.inbound.signing import read_secret, sign
from service.flows.notices.subscribers import new_secret
from service.web.examples_of_notices import sent

ROOT = Path(__file__).resolve().parents[2]
SECRET = new_secret()
ID = "01a20fac-0000-7000-8000-000000000001"


def receiver() -> str:
    """Take the Python block of the section."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = re.search(r"^## Being told of it\n(.*?)^## ", text, re.DOTALL | re.MULTILINE)
    assert section, "README.md has no section `Being told of it`"
    (code,) = [
        str(block) for block in re.findall(r"^```python\n(.*?)^```", section[1], re.DOTALL | re.MULTILINE)
    ]
    return code


def headers(body: bytes, secret: str, *, ago_s: int = 0) -> dict[str, str]:
    """Sign a body as it is signed when it is sent."""
    key = read_secret(secret)
    assert key is not None
    at = int(time.time()) - ago_s
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


def test_the_receiver_of_the_readme_is_ten_lines_and_takes_only_what_is_signed() -> None:
    """Every type that there is: 204 and printed; another secret, another body, an old one: no answer."""
    code = receiver()
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
