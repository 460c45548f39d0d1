"""What is wrong with a program's outcomes, and with phases that are counted in days."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "program.outcome_word": Sentence(
        "a word of your own has small letters and digits joined by _, at most {letters}, such as `cut_down`"
    ),
    "program.outcome_undeclared": Sentence("name it in the outcomes of its target first; there are: {known}"),
    "program.pays_no_success": Sentence("a {effect} pays nothing, so no part of it; take `pays` out"),
    "program.title_unwanted": Sentence(
        "only a word of your own has a title, in the outcomes of its target; take it out"
    ),
    "program.phase_of_one": Sentence("a phase has `weeks` or `days`; write one of the two"),
    "program.phases_mixed": Sentence(
        "phase {earlier} is counted in weeks; count all phases of a target in days, or all in weeks"
    ),
    "program.days_turned": Sentence("day {first} is after day {last}; write the first day first"),
    "program.days_shared": Sentence(
        "days {first} to {last} are in phase {earlier} too; let each day have one phase"
    ),
    "program.days_and_weeks": Sentence(
        "goes by whole weeks, and the phases are counted in days; count them in weeks, or take it out"
    ),
    "program.days_need_weekdays": Sentence(
        "phases in days need named weekdays; write `weekdays`, all seven for every day"
    ),
    "program.days_of_two_bowls": Sentence("phases in days draw from one bowl; name `{bowl}` in all of them"),
    # Doubts
    "program.outcome_like": Sentence("is a word of your own now; if `{known}` is meant, write that"),
    "program.outcome_untitled": Sentence(
        "has no title, so people read the word itself in either language; give `title: {{en: ..., es: ...}}`"
    ),
    "program.days_lost": Sentence("the program ends with day {days}: later days are not covered"),
}
