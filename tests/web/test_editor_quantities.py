"""Pay by quantity in the form of the editor: its fields read back, and its sentences in both languages."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import convert

from schemas.program import Program
from service.core.authoring.programs import check, digest, plain
from service.web.pages.editor.fields import groups_of
from service.web.pages.editor.reading import overlay, text_in
from service.web.pages.editor.sentences import said_of
from service.web.pages.framework.voice import UTC_ZONE, Voice

NOW = datetime(2026, 1, 5, tzinfo=UTC)
LAP = {"one": {"en": "lap", "es": "vuelta"}, "many": {"en": "laps", "es": "vueltas"}}
EARN = "targets.0.phases.0.earn"


def document(earn: dict[str, Any]) -> Program:
    """Make a program of one target with one phase."""
    work = {"name": "work", "behavior": "activity", "noun": {"en": "workday", "es": "día de trabajo"}}
    target = {**work, "phases": [{"weeks": [1, 4], "earn": earn}]}
    made = convert({"name": "p", "title": "P", "unit": "usd", "weeks": 4, "targets": [target]}, Program)
    assert check(made) == ()
    return made


@pytest.mark.parametrize(
    ("earn", "line", "en", "es"),
    [
        (
            {"type": "rate", "amount": 800, "per": "hour", "max": 3200},
            "hour",
            "Weeks 1 to 4: workday, $8.00 per hour, up to $32.00.",
            "Semanas 1 a 4: día de trabajo, $8.00 por hora, hasta $32.00.",
        ),
        (
            {"type": "rate", "amount": 25, "per": LAP},
            "lap, laps, vuelta, vueltas",
            "Weeks 1 to 4: workday, $0.25 per lap.",
            "Semanas 1 a 4: día de trabajo, $0.25 por vuelta.",
        ),
        (
            {"type": "ladder", "start": 100, "step": 100, "max": 800, "per": "hour"},
            "hour",
            "$1.00 more each time in a row, up to $8.00. The amounts are for each hour.",
            "$1.00 más por cada vez seguida, hasta $8.00. Las cantidades son por cada hora.",
        ),
        (
            {"type": "table", "values": [100, 300], "per": "step"},
            "step",
            "The last amount repeats. The amounts are for each step.",
            "La última cantidad se repite. Las cantidades son por cada paso.",
        ),
    ],
)
def test_what_is_counted_has_its_field_and_its_sentence(
    earn: dict[str, Any], line: str, en: str, es: str
) -> None:
    """A form that is sent as it was shown changes nothing."""
    made = document(earn)
    shown: Any = plain(made)
    specs = {spec.path: spec for group in groups_of(shown, is_new=False) for spec in group.specs}
    texts = {path: text_in(shown, spec) for path, spec in specs.items()}
    assert texts[f"{EARN}.per"] == line
    read = overlay(shown, texts, is_new=False)
    assert read.faults == {}
    assert digest(convert(read.plain, Program)) == digest(made)
    for language, sentence in (("en", en), ("es", es)):
        said = {one.place: one.text for one in said_of(made, Voice(language, UTC_ZONE, NOW))}
        assert sentence in said["targets.0.phases.0"]


def test_another_way_of_earning_keeps_what_is_counted() -> None:
    """A rate becomes a ladder by the hour, and back; draws and a flat amount count nothing."""
    shown: Any = plain(document({"type": "rate", "amount": 800, "per": "dose"}))
    ladder = overlay(shown, {f"{EARN}.type": "ladder"}, is_new=False).plain
    assert ladder["targets"][0]["phases"][0]["earn"] == {
        "type": "ladder",
        "start": 800,
        "step": 0,
        "every": 1,
        "per": "dose",
    }
    again = overlay(ladder, {f"{EARN}.type": "rate"}, is_new=False).plain
    assert again["targets"][0]["phases"][0]["earn"] == {"type": "rate", "amount": 800, "per": "dose"}
    flat = overlay(shown, {f"{EARN}.type": "flat"}, is_new=False).plain
    assert flat["targets"][0]["phases"][0]["earn"] == {"type": "flat", "amount": 800}


@pytest.mark.parametrize("text", ["lap, laps", "a, b, c, d, e", "lap, , vuelta, vueltas"])
def test_a_measure_of_neither_one_word_nor_four_is_asked_again(text: str) -> None:
    """The field says what it wants."""
    shown: Any = plain(document({"type": "rate", "amount": 800, "per": "hour"}))
    assert overlay(shown, {f"{EARN}.per": text}, is_new=False).faults == {f"{EARN}.per": "measure"}
