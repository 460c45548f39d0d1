"""Beyond an allowance: what that does to the ladder is said, and the way back."""

from schemas.books import TableOutcome
from service.core.authoring.table import STARTS_ON, facts_of, table
from service.core.compiled import compile_rules
from service.core.outlook import outlook
from service.core.rules import fold
from service.core.words.sentences import miss_sentence
from tests.core.test_rules import RESET, program


def test_a_second_late_in_a_week_says_that_the_steps_begin_again_and_the_way_back() -> None:
    """The allowance is used up: what that does to the ladder is said as after any other miss."""
    late = {"outcomes": {"late": "neutral"}, "allowances": [{"outcome": "late", "count": 1}]}
    rule = RESET | {"recovery": {"after": 2, "pays": "next", "to": "due"}}
    made = program({"on_failure": rule}, behavior="attendance", **late)
    visits = [TableOutcome("target", 1, word) for word in ("attended", "attended", "late", "late")]
    used, reset = (one.text for one in table(made, visits).rows[3].reasons)
    assert used == "You already used all the changes the program allows."
    assert reset.startswith("No reward for this visit. The steps start again at the first one.")
    rules = compile_rules(made)
    state, _ = fold(rules, STARTS_ON, facts_of(rules, visits))
    said = outlook(rules, state, STARTS_ON, STARTS_ON, "en")[0]
    assert miss_sentence("late", said, "en").endswith("Two in a row and you are back at $1.20.")
