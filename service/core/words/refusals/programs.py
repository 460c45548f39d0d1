"""Why a program was not published, and what its rules may not say."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "not_found.program": Sentence("There is no such program."),
    "not_found.program_version": Sentence("There is no such program, or not in this version."),
    "not_found.past": Sentence(
        "Nobody has been in a program `{program}` yet. Try a draft of one that people are in."
    ),
    "unknown_program.unpublished": Sentence("No program `{program}` is published; publish it first."),
    "program_faulty": Sentence(
        "The program has faults; mend each of them at the place that is named.",
        page="The program has faults. Correct each of them at the place that is named.",
    ),
    "program_faulty.table": Sentence("The program has faults; see what is wrong and where."),
    "program_faulty.document": Sentence("The document is not a program; see what is wrong and where."),
    "precondition_failed.program": Sentence("Another version was published meanwhile; look at it first."),
    "program.name_taken": Sentence("`{name}` cannot be a program's name; choose another"),
    "program.name_kept": Sentence("a new version keeps the program's name, `{name}`"),
    "program.named_twice": Sentence("`{name}` is named twice; give each its own name"),
    "program.then_itself": Sentence("`{name}` cannot follow itself; name another program"),
    "program.bowl_predefined": Sentence("`{name}` is predefined; choose another name"),
    "program.tier_of_both": Sentence("has both a value and a category; keep one of the two"),
    "program.weeks_turned": Sentence("week {first} is after week {last}; write the first week first"),
    "program.weeks_shared": Sentence(
        "weeks {first} to {last} are in phase {earlier} too; let each week have one phase"
    ),
    "program.max_below_start": Sentence("is below start ({start}); raise it, or lower start"),
    "program.max_below_amount": Sentence("is below amount ({amount}); raise it, or lower amount"),
    "program.measure_unknown": Sentence(
        "`{word}` is no known word; write one of: {known}, or give `one` and `many` in English and Spanish"
    ),
    "program.measures_mixed": Sentence(
        "counts otherwise than phase 1; let all phases of a target count the same, or none count"
    ),
    "program.quantity_unwanted": Sentence("target `{target}` counts no quantity; take it out"),
    "program.quantity_fine": Sentence("is finer than two decimals; write 3.25 or 3.5"),
    "program.bowl_unknown": Sentence("there is no bowl `{bowl}`; add it to bowls, or name one of them"),
    "program.bowl_of_dollars": Sentence(
        "the prizes of `{bowl}` are dollars, and this program pays in {currency}; write a bowl of its own "
        "into bowls, and name it here"
    ),
    "program.outcome_fixed": Sentence("is always a {effect} for {behavior}; a program may decide: {known}"),
    "program.outcome_fixed_all": Sentence("is always a {effect} for {behavior}; a program may decide: none"),
    "program.outcome_unknown": Sentence("is no outcome of {behavior}; a program may decide: {known}"),
    "program.outcome_unknown_all": Sentence("is no outcome of {behavior}; a program may decide: none"),
    "program.allowance_unknown": Sentence("`{outcome}` is no outcome of {behavior}; there are: {known}"),
    "program.allowance_not_neutral": Sentence(
        "`{outcome}` is a {effect} here; an allowance is for a neutral outcome"
    ),
    "program.allowance_twice": Sentence("`{outcome}` already has an allowance; keep one of the two"),
    "program.successes_beyond_limit": Sentence(
        "only {most} successes count in a week; ask for {most} or fewer"
    ),
    "program.milestones_unordered": Sentence("must rise, each number once; write the milestones in order"),
    "program.condition_unknown": Sentence(
        "`{target}` is not another target of this program; there are: {known}"
    ),
    "program.limit_of_one": Sentence("a limit has `per_week`, or `count` and `per`; write one of the two"),
    "program.limit_twice": Sentence("has two limits for one period; keep one of the two"),
    "program.week_of_no_visits": Sentence(
        "rises with whole weeks, so the target must say how many visits a week has; give visits, or a limit"
    ),
    "program.run_of_one": Sentence("a run bonus has `every` or `at`; write one of the two"),
    "program.landing_of_one": Sentence(
        "a reset lands on a `rung`, or some rungs `back`; write one of the two"
    ),
    "program.retest_of_no_test": Sentence("only a test can be repeated, and this is {behavior}; take it out"),
    "program.noun_of_lines": Sentence("must be one line without blanks around it"),
    "program.hat_of_no_attendance": Sentence(
        "names are drawn for attendance, and this is {behavior}; take it out"
    ),
    "program.day_twice": Sentence("names a day twice; name each day once"),
    "program.per_week_and_days": Sentence(
        "is {per_week}, but {days} weekdays are named; keep one of the two"
    ),
    "program.lots_alone": Sentence("does not go with `random`, whose days are drawn; keep one of the two"),
    "program.lots_too_many": Sentence(
        "is {count}, but `of` names {days} days; name more days, or draw fewer"
    ),
    "program.of_without_lots": Sentence(
        "says which days are drawn from, and `random` does not say how many; write `random: 2`"
    ),
    "program.run_unreadable": Sentence("`{text}` is not read; write a word, or a word*times"),
    "program.run_long": Sentence("there are more than {visits} visits; write fewer"),
    "program.not_a_target": Sentence("`{target}` is not a target; there are: {known}"),
    "program.not_an_outcome": Sentence("`{outcome}` is not an outcome; there are: {known}"),
    "program.case_target": Sentence("the program has no target {target}"),
    "program.case_amount": Sentence("{text} is not an amount"),
    "program.case_amounts": Sentence("{visits} visits, but {amounts} amounts in {field}"),
}
