"""Why charts were not merged, or a merge not undone."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "invalid.merge_with_itself": Sentence(
        "Both ids lead to the same participant; name the chart that becomes part of this one."
    ),
    "invalid.merge_decision": Sentence(
        "This event is of no visit that both charts hold; preview the merge for those that are.",
        page="This record is of no visit that both charts hold. Load the page again.",
    ),
    "invalid.merge_keeps_none": Sentence(
        "One of the events of {target} on {day} must stand.",
        page="One record of {target} on {day} must stand. Choose which.",
    ),
    "invalid.merge_closes": Sentence(
        "Only an enrollment can be closed where both charts have an open one in the same program."
    ),
    "invalid.merge_closes_both": Sentence("Close one of the two open enrollments in {program}, not both."),
    "merge_undecided": Sentence(
        "Both charts hold {target} on {day} with different outcomes; say in `decisions` which event stands.",
        page="Both charts hold {target} on {day} with different outcomes. Choose which one stands.",
    ),
    "already_recorded.unmerge": Sentence(
        "{target} on {day}, which the merge had withdrawn, was recorded anew meanwhile, as `event` names; "
        "withdraw that one first, and it stands again as it was.",
        page=(
            "{target} on {day}, which the merge had withdrawn, was recorded anew meanwhile. Withdraw that "
            "record first; the visit then stands again as it was."
        ),
    ),
    "merge_not_last": Sentence("The chart became part of another one since; undo that merge first."),
    "not_found.merge": Sentence("There is no merge of this participant that holds."),
    "invalid.unmerge_which": Sentence(
        "Several charts were merged into this one; name the one to take apart in `from`.",
        page="Several charts were merged into this one. Choose the one to take apart.",
    ),
    "same_person.unmerge": Sentence("Whoever merged the charts does not undo it; another person does."),
}
