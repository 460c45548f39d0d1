"""Why nothing was drawn, or no prize given."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "not_found.draw": Sentence("There is no such draw."),
    "not_found.hat": Sentence("There is no such hat."),
    "not_found.prize": Sentence("There is no such prize."),
    "insufficient_balance.draws": Sentence(
        "This asks for {asked}, and {there} can be drawn here. Draw fewer, or earn more first."
    ),
    "ambiguous_enrollment.bowl": Sentence(
        "No enrollment holds {count} draws from one bowl, only several together. Draw {first} first: "
        "enrollment "
        "{enrollment} holds them from {bowl}.",
        page="Draw the {first} from this program first.",
    ),
    "unknown_target.hat": Sentence("The program has no such target."),
    "unknown_target.without_hat": Sentence(
        "The program draws no names from a hat on this target; its `hat` would say so.",
        page="The program draws no names for this. A manager can add it.",
    ),
    "event_in_future.hat": Sentence(
        "This day lies in the future; draw names once the session has been held."
    ),
    "already_drawn": Sentence(
        "Names were drawn for this session already; GET /v1/hats shows whose.",
        page="Names were drawn for this session already. See below who was drawn.",
    ),
    "hat_empty": Sentence("Nobody has attended this session by what is recorded; record who came first."),
    "already_settled.prize_given": Sentence("This prize is already given; nothing more is to be done."),
    "already_settled.prize_credited": Sentence("This prize is already credited; nothing more is to be done."),
    "category_mismatch": Sentence(
        "This prize is from {prize}, and the reward from {reward}; choose another."
    ),
    "out_of_stock.prize": Sentence("There is none left of this reward; choose another."),
    "out_of_stock.no_code": Sentence("There is no code left; add codes first."),
}
