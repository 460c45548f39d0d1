"""A message is shown without who somebody is: numbers and results stay, names and free texts do not."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.inbound.masking import MASK, masked
from tests.feeds import message

PID = b"PID|1||A-1^^^CLINIC^MR~9^^^LAB||ROE^JORDAN||19840311|U|||1 Main St^^San Diego||6195550101"
HEAD = b"MSH|^~\\&|LAB|N|R|C|20261120||ORU^R01|M1|P|2.5.1"


def test_hl7_keeps_numbers_and_results_alone() -> None:
    """Of the patient, of next of kin, of notes; a long text of a result may tell anything."""
    body = b"\r".join(
        [
            HEAD,
            PID,
            b"NK1|1|ROE^SAM",
            b"OBX|1|ST|14314-9||Negative",
            b"OBX|2|TX|1||She had a baby",
            b"NTE|1||Tell her",
        ]
    )
    shown = masked(body, is_hl7=True)
    assert shown is not None
    for word in ("ROE", "JORDAN", "1984", "Main St", "6195550101", "SAM", "baby", "Tell"):
        assert word not in shown
    for word in ("A-1^^^CLINIC^MR", "Negative", "14314-9", "M1"):
        assert word in shown


def test_json_keeps_what_no_name_tells() -> None:
    """FHIR and a laboratory's own form, whatever the spelling of a field."""
    told = {
        "resourceType": "Patient",
        "identifier": [{"value": "A-1"}],
        "name": [{"given": ["Jordan"], "family": "Roe"}],
        "birthDate": "1984-03-11",
        "First_Name": "Jordan",
        "text": {"status": "generated", "div": "<div>Jordan Roe</div>"},
        "result": {"code": "NEG", "note": "A note."},
    }
    shown = masked(msgspec.json.encode(told), is_hl7=False)
    assert shown is not None
    tree = msgspec.json.decode(shown)
    assert (tree["identifier"], tree["name"], tree["birthDate"]) == ([{"value": "A-1"}], MASK, MASK)
    assert (tree["First_Name"], tree["text"]["div"], tree["result"]) == (
        MASK,
        MASK,
        {"code": "NEG", "note": MASK},
    )


@pytest.mark.parametrize(
    ("body", "is_hl7"), [(b"{", False), (b"", True), (b"PID|1||A", True), (b"MSH", True)]
)
def test_what_cannot_be_read_is_not_shown(body: bytes, *, is_hl7: bool) -> None:
    """Nothing of it, for nobody knows what is in it."""
    assert masked(body, is_hl7=is_hl7) is None


@pytest.mark.parametrize("name", ["adt-a40.hl7", "oru-panel-final.hl7", "siu-s12.hl7"])
def test_no_shared_message_shows_a_name(name: str) -> None:
    """Nor when somebody was born."""
    shown = masked(message(name), is_hl7=True)
    assert shown is not None
    assert ("ROE" in shown, "19840311" in shown) == (False, False)


@given(st.binary(max_size=300), st.booleans())
def test_anything_is_masked_or_not_shown(body: bytes, is_hl7: bool) -> None:
    """Without an error, whatever came."""
    assert masked(HEAD + b"\r" + body if is_hl7 else body, is_hl7=is_hl7) != ""
