"""Texts of the pages of reward providers."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.prov.lead": (
        "Companies that deliver gift cards by a link. They learn what is ordered and for how much; "
        "never who it is for, and never why."
    ),
    "manage.prov.all": "Accounts",
    "manage.prov.none": (
        "There is no account yet. Add the first one below; nothing is ordered until a reward is made of it."
    ),
    "manage.prov.add": "Add an account",
    "manage.prov.name": "What you call it",
    "manage.prov.provider": "Provider",
    "manage.prov.by_hand": "Cards that your staff load by hand",
    "manage.prov.by_hand_says": (
        "Nobody is asked: what people redeem waits at the desk until somebody says that the card is loaded."
    ),
    "manage.prov.in_use": "in use",
    "manage.prov.cards": "Kinds of cards",
    "manage.prov.cards_none": "There is no kind of card yet. Add the first one.",
    "manage.prov.card_add": "Add a kind of card",
    "manage.prov.card_added": "Added. Now a reward can be made of it.",
    "manage.prov.card_name": "What it is called",
    "manage.prov.card_least": "Least amount, in dollars",
    "manage.prov.card_most": "Greatest amount, in dollars",
    "manage.prov.environment": "Use",
    "manage.prov.production": "Real orders",
    "manage.prov.sandbox": "To try it: nothing is worth anything",
    "manage.prov.api_key": "Key of their API",
    "manage.prov.api_key_hint": (
        "From your account with them. It is kept encrypted and shown to nobody. For cards that your "
        "staff load, leave it empty."
    ),
    "manage.prov.new_key_hint": "Leave it empty to keep the one on record.",
    "manage.prov.tango_only": "For Tango only",
    "manage.prov.platform": "Platform name",
    "manage.prov.customer": "Customer identifier",
    "manage.prov.account": "Account identifier",
    "manage.prov.tremendous_only": "For Tremendous only",
    "manage.prov.campaign": "Campaign id",
    "manage.prov.campaign_hint": "For its looks; can be left empty.",
    "manage.prov.warn_below": "Warn when it holds less than",
    "manage.prov.warn_hint": "In dollars; $500 where left empty.",
    "manage.prov.added": ("Added. Its catalog is read within a minute; then allow what may be on the shelf."),
    "manage.prov.changed": "Saved.",
    "manage.prov.allowed": "Saved.",
    "manage.prov.stands": "How it stands",
    "manage.prov.balance": "It holds",
    "manage.prov.balance_at": "asked {at}",
    "manage.prov.unknown": "not asked yet",
    "manage.prov.on_order": "On order",
    "manage.prov.waiting": "Orders that wait",
    "manage.prov.low": "low",
    "manage.prov.low_says": (
        "It holds less than you wanted to be warned of. Rewards that it cannot pay for are not ordered."
    ),
    "manage.prov.off": "not used",
    "manage.prov.ok": "answers",
    "manage.prov.fault.unreachable": "It cannot be reached.",
    "manage.prov.fault.no_answer": "It does not answer.",
    "manage.prov.fault.unreadable": "Its answer cannot be understood. Is the address right?",
    "manage.prov.fault.redirected": "It sends us to another address, which we do not follow.",
    "manage.prov.fault.address": "Its address may not be spoken to.",
    "manage.prov.fault.denied": "It does not accept the key. Type the key again.",
    "manage.prov.fault.busy": "It asks us to wait.",
    "manage.prov.fault.funds": "It holds too little for an order.",
    "manage.prov.matched": "Lists compared",
    "manage.prov.check": "Ask it now",
    "manage.prov.checked_ok": (
        "All is well. It holds {amount} and offers {count} products. Nothing was ordered."
    ),
    "manage.prov.differences": "Where their list and ours differ",
    "manage.prov.differences_why": (
        "Compared once a day. Each stays here until a later comparison finds it gone."
    ),
    "manage.prov.differs.missing_there": "They do not know an order of ours.",
    "manage.prov.differs.missing_here": "They have an order that is not ours.",
    "manage.prov.differs.face": "The amounts differ.",
    "manage.prov.differs.state": "One has it delivered or paid back, the other has not.",
    "manage.prov.ours": "ours: {said}",
    "manage.prov.theirs": "theirs: {said}",
    "manage.prov.catalog": "Catalog",
    "manage.prov.catalog_none": ("The catalog was not read yet. That takes a minute while the worker runs."),
    "manage.prov.product": "Product",
    "manage.prov.values": "Values",
    "manage.prov.shelf": "On the shelf",
    "manage.prov.never": "never: {why}",
    "manage.prov.why.cash": "cash",
    "manage.prov.why.alcohol": "alcohol",
    "manage.prov.why.tobacco": "tobacco",
    "manage.prov.why.cannabis": "cannabis",
    "manage.prov.why.gambling": "gambling",
    "manage.prov.why.firearms": "firearms",
    "manage.prov.gone": "gone",
    "manage.prov.allow": "Allow",
    "manage.prov.forbid": "Allow no more",
    "manage.prov.is_allowed": "allowed",
    "manage.prov.offer": "Make a reward of it",
    "manage.prov.offer_none": "Allow a product first, then make a reward of it here.",
    "manage.prov.face": "What is ordered, in dollars",
    "manage.prov.face_hint": "Leave it empty where the price is in dollars.",
    "manage.prov.change": "Change",
    "manage.prov.active": "Orders are sent to it",
    "manage.prov.webhook": ("Where they can tell us of changes: {address}. They sign with the secret below."),
    "manage.prov.webhook_secret": "Secret of their notices",
    "manage.prov.stale": ("Someone changed this account while you were here. Look at it again, then save."),
}
