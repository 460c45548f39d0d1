"""A clinic moves into another database by two commands, and goes on there with its keys and books."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import httpx
import pytest

from tests import tls
from tests.places import quick_folder
from tests.walks.conftest import REWARDS, STOP_S_MAX, clean_environment, start
from tests.walks.test_backup_drill import told

pytestmark = pytest.mark.slow


def test_a_clinic_goes_on_in_another_database() -> None:
    """The keys of the API open the same books there, which are clean, under keys that are others."""
    with quick_folder() as made:
        here, there, path, words = made / "here", made / "there", made / "north.archive", made / "words"
        words.write_text("several words for a test\n")
        demo = start(here)
        clinic = demo.said["clinic"]
        (person, *_) = demo.get("/v1/participants?limit=1")["items"]
        balance = demo.get(f"/v1/participants/{person['id']}/balance")["balances"]
        assert demo.end() == 0
        export = ("clinic", "export", "--clinic", clinic, "--data", here, "--passphrase-file")
        out = told(*export, words, path)
        again = told(*export, words, path, code=2)
        assert "is there already" in again["detail"]
        short = made / "short"
        short.write_text("word")
        weak = told(*export, short, made / "b", code=2)
        assert weak["code"] == "passphrase_weak"
        (made / "wrong").write_text("other words for a test")
        wrong = told("clinic", "import", "--passphrase-file", made / "wrong", path, "--data", there, code=2)
        assert wrong["code"] == "passphrase_wrong"
        asked = told("clinic", "import", path, "--data", there, code=2, typed="several words for a test\n")
        assert "--passphrase-file" in asked["detail"]

        come = told("clinic", "import", "--passphrase-file", words, path, "--data", there)
        assert come == {"clinic": clinic, "name": out["name"], "rows": out["rows"]}
        known = told("clinic", "import", "--passphrase-file", words, path, "--data", there, code=3)
        assert known["code"] == "clinic_known"
        assert told("verify", "--data", there)["clean"] is True
        assert (here / "secrets" / "index_key").read_text() != (there / "secrets" / "index_key").read_text()
        served(there, demo.headers, person["id"], balance)


def served(data: Path, headers: dict[str, str], person: str, balance: object) -> None:
    """Serve a database, and read a balance by a key of before."""
    process = subprocess.Popen(
        [str(REWARDS), "serve", "--json", "--port", "0", "--data", str(data)],
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    )
    try:
        assert process.stdout
        url = json.loads(process.stdout.readline())["url"]
        with httpx.Client(base_url=url, verify=tls.CONTEXT, timeout=20) as client:
            read = client.get(f"/v1/participants/{person}/balance", headers=headers)
            assert read.status_code == httpx.codes.OK, read.text
            assert read.json()["balances"] == balance
    finally:
        process.terminate()
        process.communicate(timeout=STOP_S_MAX)
