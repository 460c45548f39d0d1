"""Days drawn by lot in the editor: their fields, their sentence in both languages, and their place."""

from datetime import UTC, datetime

import pytest
from msgspec import convert

from schemas.people import Language
from schemas.program import Program
from service.core.authoring.programs import check, digest, plain
from service.web.pages.editor.fields import groups_of
from service.web.pages.editor.places import in_words
from service.web.pages.editor.reading import overlay, text_in
from service.web.pages.editor.sentences import said_of
from service.web.pages.editor.starters import starters
from service.web.pages.framework.voice import UTC_ZONE, Voice

NOW = datetime(2026, 1, 5, tzinfo=UTC)
LOTS = starters()["drawn-test-days"].program


def texts_of(document: dict[str, object]) -> dict[str, str]:
    """Fill the form with a program."""
    return {
        spec.path: text_in(document, spec)
        for group in groups_of(document, is_new=True)
        for spec in group.specs
    }


def test_the_form_keeps_and_changes_them() -> None:
    """What it shows is read back as it was; another number of days is another program."""
    before: dict[str, object] = convert(plain(LOTS), dict[str, object])
    texts = texts_of(before)
    assert (texts["targets.0.visits.random"], texts["targets.0.visits.of"]) == (
        "2",
        "mon, tue, wed, thu, fri",
    )
    kept = overlay(before, texts, is_new=True)
    assert digest(convert(kept.plain, Program)) == digest(LOTS)
    read = overlay(before, texts | {"targets.0.visits.random": "3"}, is_new=True)
    visits = convert(read.plain, Program).targets[0].visits
    assert visits is not None
    assert visits.lots == 3
    wrong = overlay(before, texts | {"targets.0.visits.per_week": "2"}, is_new=True)
    assert [one.pointer for one in check(convert(wrong.plain, Program))] == ["$.targets[0].visits.per_week"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "On 2 days a week, drawn by lot from Mon, Tue, Wed, Thu, Fri.",
        ),
        (
            "es",
            "2 días por semana, por sorteo entre: lun, mar, mié, jue, vie.",
        ),
    ],
)
def test_they_are_said_in_both_languages(language: Language, words: str) -> None:
    """Whoever reads the program's page learns it without the document."""
    said = {one.place: one.text for one in said_of(LOTS, Voice(language, UTC_ZONE, NOW))}
    assert said["targets.0"].startswith(words)


def test_the_days_to_draw_from_have_a_place_of_their_own() -> None:
    """`of` names the target where a next program is offered, and days here."""
    voice = Voice("en", UTC_ZONE, NOW)
    document: dict[str, object] = convert(plain(LOTS), dict[str, object])
    assert (
        in_words("$.targets[0].visits.of", document, voice) == "Target “negative-test”, the days to draw from"
    )
    assert in_words("$.then.when.of", document, voice) == "The target"
