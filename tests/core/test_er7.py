"""HL7 version 2 as it is written on the wire is read by the message's own delimiters, and never raises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.inbound.er7 import read
from service.core.refusals import Refused

HEAD = "MSH|^~\\&|LAB|L|R|C|20261120||ORU^R01|1|P|2.5.1"


def tree(*lines: str, head: str = HEAD, codec: str = "utf-8") -> dict[str, Any]:
    """Read a message that must be one."""
    found = read("\r".join((head, *lines)).encode(codec))
    assert not isinstance(found, Refused), found
    return found


def test_fields_repetitions_components_and_subcomponents_have_their_places() -> None:
    """They are counted from 1, and what is empty is not there."""
    found = tree("PID|1||7^^^CLINIC&1.2&ISO^MR~8||ROE^JO")
    assert found["PID"][0] == {
        "id": "PID",
        "f1": [{"c1": "1"}],
        "f3": [{"c1": "7", "c4": {"s1": "CLINIC", "s2": "1.2", "s3": "ISO"}, "c5": "MR"}, {"c1": "8"}],
        "f5": [{"c1": "ROE", "c2": "JO"}],
    }
    assert found["MSH"][0]["f9"] == [{"c1": "ORU", "c2": "R01"}]
    assert (found["MSH"][0]["f1"], found["MSH"][0]["f2"]) == ([{"c1": "|"}], [{"c1": "^~\\&"}])


def test_a_message_brings_its_own_delimiters() -> None:
    """They are those after MSH."""
    found = tree("PID*1**7:::CLINIC:MR", head="MSH*:+/%*LAB*L*R*C*20261120**ORU:R01*1*P*2.5.1")
    assert found["PID"][0]["f3"] == [{"c1": "7", "c4": "CLINIC", "c5": "MR"}]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"a\F\b\S\c\T\d\R\e\E\f", r"a|b^c&d~e\f"),
        (r"one\.br\two", "one\ntwo"),
        (r"\H\bold\N\ ", "bold "),
        (r"\X41C3A9\ ", "Aé "),
        (r"\Zxy\ ", r"\Zxy\ "),
        (r"open\F", r"open\F"),
    ],
)
def test_escapes_are_undone_once(written: str, meant: str) -> None:
    """What they stand for is not taken for a delimiter, and one that is not known stays."""
    assert tree(f"NTE|1||{written}")["NTE"][0]["f3"] == [{"c1": meant}]


def test_hl7_s_null_is_null() -> None:
    """Two quotes say that something is to be taken away, which is not the same as saying nothing."""
    assert tree('PID|1||""')["PID"][0]["f3"] == [{"c1": None}]


@pytest.mark.parametrize(
    ("named", "codec"),
    [
        ("", "utf-8"),
        ("", "latin-1"),
        ("UNICODE UTF-8", "utf-8"),
        ("8859/1", "latin-1"),
        ("8859/15", "iso8859-15"),
    ],
)
def test_the_charset_is_the_one_that_is_named(named: str, codec: str) -> None:
    """Without a name it is UTF-8, or else ISO 8859-1."""
    found = tree("PID|1||||NÚÑEZ^JOSÉ", head=f"{HEAD}||||||{named}", codec=codec)
    assert found["PID"][0]["f5"] == [{"c1": "NÚÑEZ", "c2": "JOSÉ"}]


def test_bytes_of_another_charset_than_named_are_refused() -> None:
    """Nobody guesses what was meant."""
    for named, body in (("UNICODE UTF-8", "É".encode("latin-1")), ("ASCII", "É".encode()), ("KLINGON", b"E")):
        assert isinstance(read(f"{HEAD}||||||{named}\rPID|1||||".encode() + body), Refused)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_segments_end_as_senders_end_them(end: str) -> None:
    """With a carriage return, or with what a file made of it."""
    found = read(end.join((HEAD, "PID|1", "")).encode())
    assert not isinstance(found, Refused)
    assert [one["id"] for one in found["segments"]] == ["MSH", "PID"]


def test_orders_have_what_follows_them_and_reports_join_those_of_one_number() -> None:
    """A specimen's validity may stand in an order of its own, under the same number."""
    found = tree(
        "PID|1||7",
        "ORC|RE||A-1",
        "OBR|1||A-1|PANEL",
        "OBX|1|ST|COC||NEG",
        "OBR|2||A-1|VALIDITY",
        "OBX|1|NM|CREAT||90",
        "ORC|RE||A-2",
        "OBR|3||A-2|PANEL",
        "OBX|1|ST|COC||POS",
    )
    assert [len(one["OBX"]) for one in found["orders"]] == [1, 1, 1]
    assert [len(one["OBX"]) for one in found["reports"]] == [2, 1]
    assert all(one["PID"][0]["f3"] == [{"c1": "7"}] for one in found["reports"])


@pytest.mark.parametrize(
    "body",
    [b"", b"MSH", b"MSH|", b"PID|1", b"{}", b"MSH|^^~&|", b"MSHAB~\\&A", HEAD.encode() + b"\rnonsense",
     HEAD.encode() + b"\r" + HEAD.encode(), HEAD.encode() + b"\rPID1|x"],
)  # fmt: skip  # table: one message a word
def test_what_is_no_message_is_refused(body: bytes) -> None:
    """A value says so, and nothing raises."""
    assert isinstance(read(body), Refused)


@given(st.binary(max_size=400) | st.text(alphabet='MSHPIDOBRX|^~\\&\r\n"19é.', max_size=300).map(str.encode))
def test_nothing_that_comes_makes_it_raise(body: bytes) -> None:
    """Neither noise nor what looks like a message."""
    for one in (body, HEAD.encode() + b"\r" + body):
        assert isinstance(read(one), Refused | dict)


TEXT = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\x0b\x1c", exclude_categories=["Cs"]),
    max_size=12,
)


def escaped(text: str) -> str:
    """Write a text so that it holds no delimiter."""
    for mark, name in (("\\", "E"), ("|", "F"), ("^", "S"), ("&", "T"), ("~", "R")):
        text = text.replace(mark, f"\x00{name}\x00")
    return text.replace("\x00", "\\")


@given(
    st.lists(TEXT.filter(lambda text: text not in ("", '""') and "\0" not in text), min_size=1, max_size=6)
)
def test_what_is_written_is_read_again(components: list[str]) -> None:
    """Whatever stands in a component comes out of it as it went in."""
    found = tree("ZZZ|" + "^".join(map(escaped, components)))
    expected = {f"c{number}": text for number, text in enumerate(components, 1)}
    assert found["ZZZ"][0]["f1"] == [expected]
