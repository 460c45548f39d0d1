"""What is wrong with a program's outcomes, and with phases that are counted in days."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "program.outcome_word": Sentence(
        "a word of your own has small letters and digits joined by _, at most {letters}, such as `cut_down`",
        "una palabra propia lleva minúsculas y cifras unidas por _, hasta {letters}, como `bajo_la_meta`",
    ),
    "program.outcome_undeclared": Sentence(
        "name it in the outcomes of its target first; there are: {known}",
        "nómbralo antes en outcomes de su objetivo; hay: {known}",
    ),
    "program.pays_no_success": Sentence(
        "a {effect} pays nothing, so no part of it; take `pays` out",
        "un resultado {effect} no paga nada, así que tampoco una parte; quita `pays`",
    ),
    "program.title_unwanted": Sentence(
        "only a word of your own has a title, in the outcomes of its target; take it out",
        "solo una palabra propia lleva título, en outcomes de su objetivo; quítalo",
    ),
    "program.phase_of_one": Sentence(
        "a phase has `weeks` or `days`; write one of the two",
        "una fase lleva `weeks` o `days`; escribe uno de los dos",
    ),
    "program.phases_mixed": Sentence(
        "phase {earlier} is counted in weeks; count all phases of a target in days, or all in weeks",
        "la fase {earlier} va por semanas; cuenta todas las de un objetivo por días o por semanas",
    ),
    "program.days_turned": Sentence(
        "day {first} is after day {last}; write the first day first",
        "el día {first} va después del {last}; escribe primero el primero",
    ),
    "program.days_shared": Sentence(
        "days {first} to {last} are in phase {earlier} too; let each day have one phase",
        "los días {first} a {last} también están en la fase {earlier}; cada día tiene una sola fase",
    ),
    "program.days_and_weeks": Sentence(
        "goes by whole weeks, and the phases are counted in days; count them in weeks, or take it out",
        "va por semanas completas y las fases van por días; cuéntalas por semanas o quítalo",
    ),
    "program.days_need_weekdays": Sentence(
        "phases in days need named weekdays; write `weekdays`, all seven for every day",
        "las fases por días necesitan días con nombre; escribe `weekdays`, los siete para cada día",
    ),
    "program.days_of_two_bowls": Sentence(
        "phases in days draw from one bowl; name `{bowl}` in all of them",
        "las fases por días sacan de un solo recipiente; nombra `{bowl}` en todas",
    ),
    # Doubts
    "program.outcome_like": Sentence(
        "is a word of your own now; if `{known}` is meant, write that",
        "ahora es una palabra propia; si es `{known}`, escribe esa",
    ),
    "program.outcome_untitled": Sentence(
        "has no title, so people read the word itself in either language; give `title: {{en: ..., es: ...}}`",
        "no tiene título, así que se muestra la palabra en ambos idiomas; da `title: {{en: ..., es: ...}}`",
    ),
    "program.days_lost": Sentence(
        "the program ends with day {days}: later days are not covered",
        "el programa termina con el día {days}: los siguientes no cuentan",
    ),
}
