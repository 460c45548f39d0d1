"""Why a reward was not added, changed, redeemed or handed over."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.reward": Sentence("There is no such reward."),
    "unknown_reward": Sentence("There is no such reward."),
    "not_found.redemption": Sentence(
        "There is no such redemption.",
        page="There is no such reward that was asked for. Go back and look for it again.",
    ),
    "not_found.write_off": Sentence("There is no such write-off."),
    "not_found.own": Sentence("There is nothing here under this address."),
    "reward_not_offered": Sentence("This reward is no longer offered; choose one that is on the shelf."),
    "out_of_stock.none": Sentence("There is none left of this reward; choose another, or fewer."),
    "out_of_stock.few": Sentence("There are only {left} left of this reward; choose another, or fewer."),
    "out_of_stock.codes": Sentence("There are not enough codes left; add codes first."),
    "insufficient_balance": Sentence(
        "This costs {price}, and {has} is available: {lacks} more is needed. Choose something for less."
    ),
    "cap_reached.some_day": Sentence(
        "This counts for {worth}. Up to {cap} can be given today, and {left} of it is left. Nothing was "
        "taken: choose something worth {left} or less, or come back tomorrow."
    ),
    "cap_reached.none_day": Sentence(
        "All of the {cap} that can be given today has been given. Nothing was taken: what you have stays, "
        "and there is room again tomorrow."
    ),
    "cap_reached.some_week": Sentence(
        "This counts for {worth}. Up to {cap} can be given this week, and {left} of it is left. Nothing "
        "was taken: choose something worth {left} or less, or come back next week."
    ),
    "cap_reached.none_week": Sentence(
        "All of the {cap} that can be given this week has been given. Nothing was taken: what you have "
        "stays, and there is room again next week."
    ),
    "cap_reached.some_month": Sentence(
        "This counts for {worth}. Up to {cap} can be given this month, and {left} of it is left. Nothing "
        "was taken: choose something worth {left} or less, or come back next month."
    ),
    "cap_reached.none_month": Sentence(
        "All of the {cap} that can be given this month has been given. Nothing was taken: what you have "
        "stays, and there is room again next month."
    ),
    "cap_reached.some_year": Sentence(
        "This counts for {worth}. Up to {cap} can be given this year, and {left} of it is left. Nothing "
        "was taken: choose something worth {left} or less, or come back next year."
    ),
    "cap_reached.none_year": Sentence(
        "All of the {cap} that can be given this year has been given. Nothing was taken: what you have "
        "stays, and there is room again next year."
    ),
    "cap_reached.some_enrollment": Sentence(
        "This counts for {worth}. Up to {cap} can be given in this program, and {left} of it is left. "
        "Nothing was taken: choose something worth {left} or less."
    ),
    "cap_reached.none_enrollment": Sentence(
        "All of the {cap} that can be given in this program has been given. Nothing was taken; the clinic "
        "can say what else there is."
    ),
    "cap_reached.some_event": Sentence(
        "This counts for {worth}, and one prize can be worth {cap} at most. Choose something worth {left} "
        "or less."
    ),
    "cap_reached.none_event": Sentence(
        "The clinic's cap of {cap} leaves no room for a prize. A manager can change the cap."
    ),
    "cap_reached.handed_over": Sentence(
        "This counts for {worth}, and today's period has {left} left of the cap of {cap}. It stays set "
        "aside: hand it over when a new period begins, or cancel it."
    ),
    "invalid.fair_value_of_draws": Sentence(
        "What costs draws has no price in money; say what one piece is worth in cents.",
        page="What costs draws has no price in money. Say what one piece is worth.",
    ),
    "already_settled.redemption_given": Sentence(
        "This redemption is already given; nothing more is to be done.",
        page="This reward was handed over already. There is nothing more to do.",
    ),
    "already_settled.redemption_canceled": Sentence(
        "This redemption is already canceled; nothing more is to be done.",
        page="This reward was canceled already. There is nothing more to do.",
    ),
    "already_settled.redemption_given_ask_anew": Sentence(
        "This redemption is already given; ask for a new redemption instead.",
        page="This reward was handed over already. Ask for another one.",
    ),
    "already_settled.redemption_canceled_ask_anew": Sentence(
        "This redemption is already canceled; ask for a new redemption instead.",
        page="This reward was canceled already. Ask for another one.",
    ),
    "not_given": Sentence(
        "This redemption is held and not given yet; cancel it instead.",
        page="This reward is set aside and not handed over yet. Cancel it instead.",
    ),
    "not_given.prize": Sentence("This prize is owed and not given yet; give it first."),
    "already_changed.replaced_today": Sentence(
        "This was replaced today already; read it for what stands, and send `another: true` if "
        "that is lost too.",
        page=(
            "This was replaced today already. Look at what stands now; if that is lost too, say that "
            "another one is needed."
        ),
    ),
    "already_changed.waits": Sentence(
        "A replacement or taking back of it waits for another person; let that be approved or refused first."
    ),
    "not_found.redemption_change": Sentence("There is no such replacement or taking back."),
    "invalid.more_pieces": Sentence("Only {pieces} pieces were given; replace that many or fewer."),
    "invalid.not_its_code": Sentence(
        "This is no code of the redemption, or it is void already; name codes that the redemption has."
    ),
    "invalid.codes_of_given_item": Sentence("An item has no codes; leave codes out, or say how many pieces."),
    "invalid.pieces_of_codes": Sentence(
        "Codes are named and not counted; leave pieces out, or name the codes."
    ),
    "invalid.restock_of_codes": Sentence(
        "A code that was given never goes back on the shelf; leave restock out."
    ),
    "out_of_stock.replacement": Sentence(
        "Only {left} are left for a replacement; add some first, or take the reward back."
    ),
    "category_not_allowed": Sentence(
        "Cash, alcohol, tobacco, cannabis, gambling and firearms may not be on the shelf. Choose another "
        "reward, "
        "or another name if it is none of these."
    ),
    "shelf.cash": Sentence("This names cash, which may not be on the shelf."),
    "shelf.alcohol": Sentence("This names alcohol, which may not be on the shelf."),
    "shelf.tobacco": Sentence("This names tobacco, which may not be on the shelf."),
    "shelf.cannabis": Sentence("This names cannabis, which may not be on the shelf."),
    "shelf.gambling": Sentence("This names gambling, which may not be on the shelf."),
    "shelf.firearms": Sentence("This names firearms, which may not be on the shelf."),
    "precondition_failed.reward": changed_meanwhile(
        "The reward was changed meanwhile; read it again and change that."
    ),
    "invalid.stock_of_codes": Sentence("The stock of a code reward is its unused codes; add codes instead."),
    "invalid.stock_given_for_codes": Sentence(
        "The stock of a code reward is its unused codes; leave stock out, and add codes afterwards."
    ),
    "out_of_stock.write_off": Sentence("There are {pieces} pieces; write off that many or fewer."),
    "invalid.stock_large": Sentence(
        "A reward has at most {pieces:,} pieces; leave stock out for one that never runs out."
    ),
    "invalid.codes_of_item": Sentence("This reward is an item and has no codes; change its stock instead."),
    "invalid.code_blank": Sentence("A code has at least one letter or digit."),
    "invalid.code_not_instant": Sentence(
        "A code is always given at once; leave instant out.",
        page="A code is always given at once. Leave that choice out.",
    ),
    "codes_known": Sentence(
        "Some codes are known already, and each is given only once; leave them out and send the rest."
    ),
    "shelf.code_added_before": Sentence("This code was added before."),
    "shelf.code_twice": Sentence("This code is in the list twice."),
    "out_of_stock.written_off": Sentence(
        "Fewer pieces are left ({left}) than were to be written off ({pieces}); refuse this write-off and "
        "propose "
        "what is left."
    ),
}
