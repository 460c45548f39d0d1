"""Everything that the language can say has its field in the form and its sentence, in both languages."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from msgspec import convert

from schemas.people import Language
from schemas.program import Program
from service.core.authoring.programs import check, digest, plain
from service.web.pages.editor.fields import groups_of
from service.web.pages.editor.reading import overlay, text_in
from service.web.pages.editor.sentences import said_of
from service.web.pages.framework.voice import UTC_ZONE, Voice

NOW = datetime(2026, 1, 5, tzinfo=UTC)
TARGET: dict[str, Any] = {
    "name": "test",
    "behavior": "test",
    "phases": [
        {
            "weeks": [1, 4],
            "earn": {
                "type": "ladder",
                "start": 100,
                "step": 100,
                "max": 800,
                "first": 7,
                "if": {"target": "group"},
            },
            "on_failure": {"reset": True, "to": {"rung": 2}},
        },
        {
            "weeks": [5, 8],
            "begin": "anew",
            "earn": {"type": "table", "values": [100, 300], "first": 1},
            "on_failure": {"reset": True, "to": {"back": 2}},
        },
        {"weeks": [9, 10], "earn": {"type": "ladder", "start": 100, "step": 50, "every": "week"}},
    ],
    "limit": [{"per_week": 2}, {"count": 9, "per": "enrollment"}, {"count": 1, "per": "day"}],
    "visits": {"weekdays": ["mon", "thu"], "every_weeks": 2, "first_day": "not", "missed_after_hours": 24},
    "bonuses": [
        {"type": "run", "at": [4, 8], "once": True, "amount": 500, "weeks": [1, 4]},
        {"type": "total", "at": [5], "amount": 500, "weeks": [5, 8], "if": {"target": "group"}},
    ],
}

OWN: dict[str, Any] = {
    "name": "breath",
    "behavior": "test",
    "outcomes": {
        "cut_down": {"effect": "failure", "title": {"en": "Cut down", "es": "Bajó"}},
        "dilute": {"effect": "success", "pays": 50},
        "invalid": "neutral",
    },
    "phases": [
        {"days": [1, 4], "earn": {"type": "flat", "amount": 300}, "outcomes": {"cut_down": "success"}},
        {"days": [5, 70], "earn": {"type": "flat", "amount": 400}},
    ],
}
GROUP: dict[str, Any] = {
    "name": "group",
    "behavior": "attendance",
    "phases": [{"weeks": [1, 10], "earn": {"type": "flat", "amount": 100}}],
}

SAID = {
    "targets.2.phases.0": (
        (
            "Days 1 to 4: negative test, $3.00 each time. A miss pays nothing and changes nothing else. "
            "Cut down counts as a success."
        ),
        (
            "Días 1 a 4: prueba negativa, $3.00 cada vez. Una falta no paga nada y no cambia nada más. "
            "Bajó cuenta como logro."
        ),
    ),
    "targets.2": (
        (
            "Cut down counts as a miss. Dilute counts as a success and pays 50% of the value due. "
            "Invalid changes nothing."
        ),
        (
            "Bajó cuenta como falta. Diluida cuenta como logro y paga el 50% de lo que toca. "
            "Inválida no cambia nada."
        ),
    ),
    "targets.0.phases.0": (
        (
            "Weeks 1 to 4: negative test, $1.00 the first time and $1.00 more each time in a row, up to "
            "$8.00. Only on a day with a session too. It opens at $8.00 (step 8). After a miss it goes "
            "back to step 3."
        ),
        (
            "Semanas 1 a 4: prueba negativa, $1.00 la primera vez y $1.00 más por cada vez seguida, hasta "
            "$8.00. Solo en un día que también tenga esto: sesión. Empieza en $8.00 (paso 8). Después de una "
            "falta vuelve al paso 3."
        ),
    ),
    "targets.0.phases.1": (
        (
            "Weeks 5 to 8: negative test, $1.00, $3.00 one after another. The last amount repeats. The steps "
            "begin again with these weeks. It opens at $3.00 (step 2). After a miss it goes back 2 steps."
        ),
        (
            "Semanas 5 a 8: prueba negativa, $1.00, $3.00 en ese orden. La última cantidad se repite. Los "
            "pasos empiezan de nuevo con estas semanas. Empieza en $3.00 (paso 2). Después de una falta "
            "retrocede 2 pasos."
        ),
    ),
    "targets.0.phases.2": (
        (
            "Weeks 9 to 10: negative test, $1.00 the first week and $0.50 more after each week without a "
            "miss. A miss pays nothing and changes nothing else."
        ),
        (
            "Semanas 9 a 10: prueba negativa, $1.00 la primera semana y $0.50 más después de "
            "cada semana sin faltas. Una falta no paga nada y no cambia nada más."
        ),
    ),
    "targets.0": (
        (
            "Expected on: Mon, Thu. Only every 2 weeks. Not on the first day. One that nobody comes"
            " to counts as missed 24 hours after its day."
        ),
        (
            "Se espera: lun, jue. Solo cada 2 semanas. El primer día no. Si nadie viene, cuenta "
            "como falta 24 horas después de su día."
        ),
    ),
    "targets.0.limit.0": (
        "At most 2 a week earn a reward.",
        "Como máximo 2 por semana dan recompensa.",
    ),
    "targets.0.limit.1": (
        "At most 9 in all earn a reward.",
        "Como máximo 9 en total dan recompensa.",
    ),
    "targets.0.limit.2": (
        "At most 1 a day earns a reward.",
        "Como máximo 1 por día da recompensa.",
    ),
    "targets.0.bonuses.0": (
        ("$5.00 more at these counts in a row: 4, 8. Each is paid once. Only in weeks 1 to 4."),
        (
            "$5.00 más al llegar a estas veces seguidas: 4, 8. Cada uno se paga una vez. Solo en las semanas "
            "1 a 4."
        ),
    ),
    "targets.0.bonuses.1": (
        "A bonus of $5.00 when the total reaches: 5. Only in weeks 5 to 8. Only on a day with a session too.",
        (
            "Un bono de $5.00 cuando el total llega a: 5. Solo en las semanas 5 a 8. Solo en un día que "
            "también tenga esto: sesión."
        ),
    ),
}


def program(**target: Any) -> Program:  # noqa: ANN401  parts of a document
    """Make a program of ten weeks with one target."""
    document = {
        "name": "p",
        "title": "P",
        "unit": "usd",
        "weeks": 10,
        "targets": [TARGET | target, GROUP, OWN],
    }
    made = convert(document, Program)
    assert check(made) == ()
    return made


def plain_of(made: Program) -> dict[str, Any]:
    """A program as plain values, as the editor has it."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plain(made)))
    return found


def texts_of(document: dict[str, Any]) -> dict[str, str]:
    """Everything that the form shows of a document, by the name of the field."""
    return {
        spec.path: text_in(document, spec)
        for group in groups_of(document, is_new=True)
        for spec in group.specs
    }


def test_an_untouched_form_keeps_every_addition() -> None:
    """What it shows is read back as it was."""
    made = program()
    read = overlay(plain_of(made), texts_of(plain_of(made)), is_new=True)
    assert read.faults == {}
    assert digest(convert(read.plain, Program)) == digest(made)


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("targets.0.phases.0.earn.first", "3", "first"),
        ("targets.0.phases.0.on_failure.to.rung", "1", "to"),
        ("targets.0.phases.0.earn.if.target", "", "if"),
        ("targets.0.bonuses.1.if.target", "", "if"),
        ("targets.0.visits.every_weeks", "3", "every_weeks"),
        ("targets.0.visits.first_day", "", "first_day"),
        ("targets.0.visits.missed_after_hours", "48", "missed_after_hours"),
        ("targets.0.limit.1.count", "8", "limit"),
        ("targets.0.limit.2.per", "month", "limit"),
        ("targets.0.phases.2.earn.every", "3", "every"),
        ("targets.0.phases.1.begin", "", "begin"),
        ("targets.0.bonuses.0.once", "", "once"),
        ("targets.0.bonuses.0.at", "2, 6", "at"),
        ("targets.0.bonuses.0.weeks", "", "weeks"),
        ("targets.2.outcomes", "cut_down: neutral, dilute: success 25", "outcomes"),
        ("targets.2.phases.0.outcomes", "cut_down: success 50", "outcomes"),
        ("targets.2.phases.0.outcomes", "", "outcomes"),
        ("targets.2.phases.0.days.1", "3", "days"),
    ],
)
def test_each_addition_is_changed_by_its_field(path: str, text: str, place: str) -> None:
    """The form shows the field, and what is written there is another program without a fault."""
    before = plain_of(program())
    texts = texts_of(before)
    assert texts[path] != text, place
    read = overlay(before, texts | {path: text}, is_new=True)
    assert read.faults == {}
    changed = convert(read.plain, Program)
    assert check(changed) == ()
    assert texts_of(plain_of(changed))[path] == text
    assert digest(changed) != digest(program())


def test_a_landing_that_is_emptied_is_taken_out() -> None:
    """Then a reset lands on rung 0, as one that says nothing."""
    before = plain_of(program())
    read = overlay(before, texts_of(before) | {"targets.0.phases.0.on_failure.to.rung": ""}, is_new=True)
    assert convert(read.plain, Program).targets[0].phases[0].on_failure.to is None


@pytest.mark.parametrize("place", SAID)
def test_each_addition_is_said_in_both_languages(place: str) -> None:
    """Whoever reads the program's page learns it without the document."""
    english, spanish = SAID[place]
    spoken: tuple[tuple[Language, str], ...] = (("en", english), ("es", spanish))
    for language, words in spoken:
        said = {one.place: one.text for one in said_of(program(), Voice(language, UTC_ZONE, NOW))}
        assert said[place] == words


def test_a_title_stays_when_its_outcome_is_written_anew() -> None:
    """The line of the form has no room for it, and taking the word out takes it along."""
    before = plain_of(program())
    texts = texts_of(before) | {"targets.2.outcomes": "cut_down: success 75"}
    read = overlay(before, texts, is_new=True)
    rule = {"effect": "success", "pays": 75, "title": {"en": "Cut down", "es": "Bajó"}}
    assert read.plain["targets"][2]["outcomes"] == {"cut_down": rule}


@pytest.mark.parametrize("text", ["cut_down", "cut_down: maybe", "a: success, a: failure", "a: success 5 5"])
def test_a_line_of_outcomes_that_says_nothing_is_named(text: str) -> None:
    """The document keeps what it had."""
    before = plain_of(program())
    read = overlay(before, texts_of(before) | {"targets.2.outcomes": text}, is_new=True)
    assert read.faults == {"targets.2.outcomes": "outcomes"}
    assert read.plain["targets"][2]["outcomes"] == before["targets"][2]["outcomes"]


def test_a_phase_is_counted_in_days_or_in_weeks_as_its_author_chooses() -> None:
    """The same time, as far as whole weeks can say it; the old fields are not read any more."""
    before = plain_of(program())
    read = overlay(before, texts_of(before) | {"targets.0.phases.1.counted": "days"}, is_new=True)
    assert read.plain["targets"][0]["phases"][1]["days"] == [29, 56]
    assert "weeks" not in read.plain["targets"][0]["phases"][1]
    read = overlay(before, texts_of(before) | {"targets.2.phases.1.counted": "weeks"}, is_new=True)
    assert read.plain["targets"][2]["phases"][1]["weeks"] == [1, 10]
