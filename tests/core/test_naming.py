"""What programs and targets are called: by their titles, by their nouns, and no two of a program the same."""

from msgspec.structs import replace

from schemas.program import Flat, Noun, Phase, Program, Target, Title
from service.core.naming import program_title, shown_as, target_title, target_titles, titled
from service.flows.setup.starters import programs_offered

TEST = Target("cocaine-negative", "test", (Phase(weeks=(1, 2), earn=Flat(100)),))
PROGRAM = Program("higgins", "Higgins vouchers for cocaine", "usd", 12, (TEST,))


def test_a_program_tells_participants_nothing_of_what_it_is_about() -> None:
    """Staff read its title, in both languages or once; participants what it says for them, or its weeks."""
    assert program_title(PROGRAM) == Title("Higgins vouchers for cocaine", "Higgins vouchers for cocaine")
    both = replace(PROGRAM, title=Title("Tests", "Pruebas"))
    assert program_title(both).es == "Pruebas"
    assert shown_as(both, "en") == "12-week rewards program"
    assert shown_as(both, "es") == "Programa de recompensas de 12 semanas"
    assert shown_as(replace(both, shown_as=Title("Steps", "Pasos")), "es") == "Pasos"


def test_every_program_that_comes_with_the_service_is_called_something_in_spanish() -> None:
    """Their documents have one title, which is read as staff of either language call it."""
    for one in programs_offered():
        known = program_title(one)
        assert (known.en, known.es) != (one.title, one.title), one.name


def test_two_targets_of_one_program_are_never_called_the_same() -> None:
    """The title, else the noun; where two have the same noun, their names tell them apart."""
    assert target_title(PROGRAM, TEST) == Title("Negative test", "Prueba negativa")
    own = replace(TEST, noun=Noun("homework", "tarea"))
    assert target_title(replace(PROGRAM, targets=(own,)), own).es == "Tarea"
    other = replace(TEST, name="opioid-negative")
    called = target_titles(replace(PROGRAM, targets=(TEST, other)))
    assert [one.en for one in called.values()] == ["Cocaine negative", "Opioid negative"]
    titled = replace(other, title=Title("Opioid test", "Prueba de opioides"))
    called = target_titles(replace(PROGRAM, targets=(TEST, titled)))
    assert [one.es for one in called.values()] == ["Prueba negativa", "Prueba de opioides"]


def test_a_language_of_a_catalog_alone_has_the_words_that_come_with_the_service() -> None:
    """A clinic's own words are read in English where they are not written in a language."""
    assert titled(Title("Negative test", "Prueba negativa"), "vi") == "Xét nghiệm âm tính"
    assert titled(Noun("dose", "dosis"), "vi") == "liều thuốc"
    assert titled(Title("Steps", "Pasos"), "vi") == "Steps"
