"""Sentences of a statement: what a transfer between two accounts was."""

from schemas.books import AccountName, Cause
from schemas.people import Language
from schemas.program import Unit
from service.core.words.sentences import MoneyWriter, begins, money
from service.core.words.words import A_REWARD, MOVEMENTS, Movement

_MOVEMENTS: dict[tuple[Cause, AccountName, AccountName], Movement] = {
    ("award", "issued", "available"): "earned",
    ("award", "available", "issued"): "taken_back",
    ("redemption", "available", "held"): "held",
    ("redemption", "held", "given"): "given",
    ("redemption", "available", "given"): "given_at_once",
    ("redemption", "held", "available"): "returned",
    ("redemption", "given", "available"): "reward_taken_back",
    ("order_failed", "held", "available"): "order_failed",
    ("refund", "given", "available"): "refunded",
    ("draw", "available", "given"): "drawn",
    ("prize", "issued", "available"): "prize",
    ("hat", "issued", "available"): "hat",
    ("manual", "issued", "available"): "manual",
    ("opening", "issued", "available"): "brought",
    ("opening", "issued", "given"): "paid_before",
    ("opening", "available", "issued"): "brought_withdrawn",
    ("opening", "given", "issued"): "paid_before_withdrawn",
    ("departure", "available", "issued"): "released",
    ("departure", "issued", "available"): "restored",
    ("merge", "merged", "available"): "merged_in",
    ("merge", "available", "merged"): "merged_out",
    ("merge", "merged", "held"): "merged_in_held",
    ("merge", "held", "merged"): "merged_out_held",
    ("merge", "merged", "given"): "merged_in_given",
    ("merge", "given", "merged"): "merged_out_given",
}


def movement_of(cause: Cause, source: AccountName, destination: AccountName) -> Movement:
    """The sentence of a transfer between two accounts; KeyError where nothing moves between them."""
    return _MOVEMENTS[cause, source, destination]


def movement_sentence(
    movement: Movement,
    amount: int,
    unit: Unit,
    language: Language,
    reward: str | None = None,
    write: MoneyWriter = money,
) -> str:
    """The sentence of one transfer in a statement, with the reward's name where there is one."""
    name = reward or A_REWARD[language]
    # The name is a clinic's own text, so it is put in as it is and never read as a pattern.
    return MOVEMENTS[language][movement].format(
        amount=write(amount, unit, language), reward=name, Reward=begins(name)
    )
