"""`rewards mllp` as a laboratory meets it: TLS with certificates of both sides, refusals, and its end."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from service.commands.speech import Exit
from tests import tls
from tests.feeds import message
from tests.walks.conftest import REWARDS, clean_environment

if TYPE_CHECKING:
    from tests.walks.conftest import Demo

Run = Callable[..., subprocess.CompletedProcess[str]]


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Make a certificate that signs itself, for this machine; gives its file and its key's."""
    made, key = folder / f"{name}.pem", folder / f"{name}.key"
    words = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN={name}"
    where = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(made)]
    subprocess.run(
        [shutil.which("openssl") or "/usr/bin/openssl", *words.split(), *where],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return made, key


def source(demo: Demo) -> str:
    """Add a source that sends HL7."""
    mapping = json.loads(Path("schemas/published/mapping-oru.json").read_text(encoding="utf-8"))
    new = {"verifier": {"type": "bearer"}, "mapping": mapping}
    url = f"{demo.url}/v1/sources"
    answer = httpx.post(url, json=new, headers=demo.headers, timeout=20, verify=tls.CONTEXT)
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["id"]
    return made


@contextlib.contextmanager
def listener(demo: Demo, *words: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Run the command until the block ends; gives its port."""
    process = subprocess.Popen(
        [str(REWARDS), "mllp", "--data", str(demo.data), "--port", "0", "--json", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    )
    assert process.stdout is not None
    try:
        said = json.loads(process.stdout.readline())
        assert said["status"] == "listening"
        yield said["port"], process
    finally:
        process.kill()
        process.communicate()


def taken(port: int, context: ssl.SSLContext | None) -> bool:
    """Send a message, by TLS where there is a context, and say whether it was kept."""
    answer = b""
    try:
        with contextlib.ExitStack() as open_:
            line = open_.enter_context(socket.create_connection(("127.0.0.1", port), 10))
            if context is not None:
                line = open_.enter_context(context.wrap_socket(line, server_hostname="127.0.0.1"))
            line.sendall(b"\x0b" + message("oru-panel-final.hl7") + b"\x1c\r")
            while not answer.endswith(b"\x1c\r") and (part := line.recv(65536)):
                answer += part
    except OSError:
        return False
    return b"\rMSA|AA|M4\r" in answer


@pytest.mark.seconds(20)
def test_both_sides_show_their_certificates(demo: Demo, tmp_path: Path) -> None:
    """Nobody is taken who speaks without TLS or shows none; SIGTERM ends it, with what is in hand done."""
    (own, own_key), (theirs, their_key) = certificate(tmp_path, "ours"), certificate(tmp_path, "lab")
    words = ("--tls-cert", str(own), "--tls-key", str(own_key), "--tls-clients", str(theirs))
    who = source(demo)
    with listener(demo, "--source", who, *words) as (port, process):
        known = ssl.create_default_context(cafile=str(own))
        known.load_cert_chain(theirs, their_key)
        assert taken(port, known)
        stranger = ssl.create_default_context(cafile=str(own))
        stranger.load_cert_chain(own, own_key)
        for context in (stranger, ssl.create_default_context(cafile=str(own)), None):
            assert not taken(port, context)
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == {"status": "stopped"}
        assert process.wait(20) == 0
    kept = demo.get(f"/v1/inbound-messages?source={who}")["items"]
    assert len(kept) == 1


@pytest.mark.seconds(10)
def test_an_open_address_asks_for_tls_and_a_source_must_be_there(demo: Demo, rewards: Run) -> None:
    """Both are said before anybody is listened to."""
    nobody = "00000000-0000-7000-8000-000000000001"
    words = ("mllp", "--data", str(demo.data), "--port", "0", "--source", nobody, "--json")
    open_to_all = rewards(*words, "--host", "0.0.0.0", check=False)  # noqa: S104  refused
    assert (open_to_all.returncode, "--tls-cert" in open_to_all.stderr) == (Exit.USAGE, True)
    unknown = rewards(*words, check=False)
    assert (unknown.returncode, "no such source" in unknown.stderr) == (Exit.USAGE, True)
