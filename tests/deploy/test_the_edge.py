"""HAProxy takes its files, and sends each clinic's people to the cell that the clinic lives in."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests import tls
from tests.programs import found, needed
from tests.web.conftest import free_port

DEPLOY: Final = Path(__file__).resolve().parents[2] / "deploy" / "haproxy"
BACK_S_MAX: Final = 20.0
CLINICS: Final = dict(
    line.split()
    for line in (DEPLOY / "cells.map").read_text("ascii").splitlines()
    if line[:1] not in {"", "#"}
)
"""The clinics of the example map: each one's host, and its cell."""


class Web(ThreadingHTTPServer):
    """Stands where a web process would, and says who it is and what it was asked with."""

    daemon_threads = True

    def __init__(self, name: str) -> None:
        super().__init__(("127.0.0.1", 0), Said)
        self.name = name
        self.ready = True
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.server_address[1]}"


class Said(BaseHTTPRequestHandler):
    """Answers a request."""

    server: Web

    def do_GET(self) -> None:
        """Say who this is."""
        self.send_response(503 if self.path == "/readyz" and not self.server.ready else 200)
        forwarded = " ".join(self.headers.get_all("X-Forwarded-For", []))
        said = f"{self.server.name} {self.headers.get('Host')} {forwarded}".encode()
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@dataclass
class Edge:
    """A running HAProxy and the web processes behind it, by cell and number."""

    port: int
    web: dict[str, Web]

    def ask(self, host: str, path: str = "/desk", **headers: str) -> httpx.Response:
        """Ask as a browser that was told this host."""
        url = f"http://127.0.0.1:{self.port}{path}"
        return httpx.get(url, headers={"Host": host, **headers}, timeout=5, verify=tls.CONTEXT)

    def until(self, host: str, status: int) -> None:
        """Wait until a host is answered so."""
        end = time.monotonic() + BACK_S_MAX
        while self.ask(host).status_code != status:
            assert time.monotonic() < end, f"{host} is not answered {status}"
            time.sleep(0.1)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Give what the example of an environment names, with a place of its own for everything."""
    said = dict(
        re.findall(r"(?m)^([A-Z_]+)=(.*)$", (DEPLOY / "haproxy.env.example").read_text(encoding="utf-8"))
    )
    ours = {
        "CELLS_MAP": str(DEPLOY / "cells.map"),
        "EDGE_CERTIFICATES": str(folder / "server.pem"),
        "PATRONI_CA": str(folder / "server.crt"),
        "RUN_AS": "root",
        "PATH": "/usr/sbin:/usr/bin:/bin",
    }
    return {**said, **ours, **more}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate."""
    needed(haproxy="haproxy")
    place = tmp_path_factory.mktemp("edge")
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-subj", "/CN=edge", "-addext", "subjectAltName=IP:127.0.0.1",
        "-keyout", "server.key", "-out", "server.crt",
    ]  # fmt: skip  # table: a command as it is typed
    subprocess.run(command, cwd=place, check=True, capture_output=True)
    (place / "server.pem").write_bytes(
        (place / "server.crt").read_bytes() + (place / "server.key").read_bytes()
    )
    return place


@contextmanager
def running(folder: Path, *gone: str, **more: str) -> Iterator[Edge]:
    """Run HAProxy by the edge's file, before two web processes in each of two cells."""
    with ExitStack() as close:
        web = {f"cell_{cell} {number}": Web(f"cell_{cell}") for cell in "ab" for number in ("one", "two")}
        for one in web.values():
            close.callback(one.server_close)
            close.callback(one.shutdown)
        port = free_port()
        cells = {f"{name.replace(' ', '_WEB_').upper()}": one.address for name, one in web.items()}
        given = environment(folder, EDGE_LISTEN=f"127.0.0.1:{port}", **cells, **more)
        for name in gone:
            del given[name]
        with (folder / "log").open("wb") as log:
            command = [str(found("haproxy")), "-db", "-f", str(DEPLOY / "edge.cfg")]
            process = subprocess.Popen(command, env=given, stdout=log, stderr=log)
        close.callback(process.wait)
        close.callback(process.kill)
        edge = Edge(port, web)
        end = time.monotonic() + BACK_S_MAX
        while not answers(port):
            assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
            assert time.monotonic() < end
            time.sleep(0.05)
        yield edge


def answers(port: int) -> bool:
    """Tell whether something listens."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def edge(folder: Path) -> Iterator[Edge]:
    """Run it without TLS, as where something else speaks it."""
    with running(folder, "EDGE_CERTIFICATES", "RUN_AS") as edge:
        yield edge


@pytest.mark.parametrize("names", [("edge",), ("database",), ("edge", "database")], ids=" and ".join)
def test_haproxy_takes_each_file_and_both(folder: Path, names: tuple[str, ...]) -> None:
    """With all that the example of an environment names."""
    files = [word for name in names for word in ("-f", str(DEPLOY / f"{name}.cfg"))]
    command = [str(found("haproxy")), "-c", *files]
    said = subprocess.run(command, env=environment(folder), capture_output=True, text=True, check=False)
    assert (said.returncode, "WARNING" in said.stderr) == (0, False), said.stderr


def test_each_clinic_is_answered_by_the_cell_that_it_lives_in(edge: Edge) -> None:
    """By the host alone, in capitals and with a port too; and a host that nobody knows by none."""
    assert set(CLINICS.values()) == {"cell_a", "cell_b"}
    for host, cell in CLINICS.items():
        edge.until(host, 200)
        for said in (host, host.upper(), f"{host}:443"):
            assert edge.ask(said).text.split()[:2] == [cell, said]
    assert edge.ask("elsewhere.example.org").status_code == httpx.codes.MISDIRECTED_REQUEST


def test_a_caller_s_word_on_its_address_is_not_passed_on(edge: Edge) -> None:
    """The service counts tries at signing in by it."""
    host = next(iter(CLINICS))
    edge.until(host, 200)
    assert edge.ask(host, **{"X-Forwarded-For": "192.0.2.1"}).text.split()[2:] == ["127.0.0.1"]


def test_metrics_are_not_given_away(edge: Edge) -> None:
    """They have a port of their own."""
    host = next(iter(CLINICS))
    edge.until(host, 200)
    assert edge.ask(host, "/metrics").status_code == httpx.codes.NOT_FOUND


def test_a_web_process_that_is_not_ready_is_passed_over_and_none_is_said_kindly(edge: Edge) -> None:
    """A clinic of the other cell does not notice."""
    ours, theirs = (
        next(host for host, cell in CLINICS.items() if cell == name) for name in ("cell_a", "cell_b")
    )
    edge.until(ours, 200)
    for number in ("one", "two"):
        edge.web[f"cell_a {number}"].ready = False
    try:
        edge.until(ours, 503)
        assert edge.ask(ours).headers["retry-after"] == "2"
        edge.until(theirs, 200)
        edge.web["cell_a two"].ready = True
        edge.until(ours, 200)
    finally:
        for number in ("one", "two"):
            edge.web[f"cell_a {number}"].ready = True


def test_over_tls_browsers_are_told_to_stay_there(folder: Path) -> None:
    """With the certificate of the folder."""
    with running(folder, "RUN_AS") as edge:
        context = ssl.create_default_context(cafile=str(folder / "server.crt"))
        with httpx.Client(verify=context, base_url=f"https://127.0.0.1:{edge.port}", timeout=5) as client:
            answer = client.get("/desk", headers={"Host": next(iter(CLINICS))})
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
