"""Why an account with a reward provider, its catalog or an order was not as asked for."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.provider_account": Sentence("There is no such account with a provider."),
    "not_found.provider_product": Sentence("There is no such product in this account's catalog."),
    "precondition_failed.provider_account": changed_meanwhile(
        "This account was changed by somebody else; read it again, then change it."
    ),
    "url_not_allowed.provider": Sentence(
        "Providers are spoken to at public addresses over HTTPS only; give such an address, or leave it out."
    ),
    "invalid.by_hand_asks_nobody": Sentence(
        "For cards that are loaded by hand nobody is asked; leave the address and the secret out."
    ),
    "invalid.not_by_hand": Sentence(
        "A provider delivers this reward; only cards that staff load are told of here."
    ),
    "invalid.card_word": Sentence(
        "Say which card was loaded: its last digits or its reference, with {digits} digits at most. Never "
        "write down a whole card number."
    ),
    "invalid.card_amount": Sentence("At most {most} can be said of this card; say that or less."),
    "invalid.product_of_catalog": Sentence(
        "What this provider offers is read from its catalog; only kinds of cards that staff load are added "
        "here."
    ),
    "invalid.product_values": Sentence("The most that is loaded is at least the least; swap the two."),
    "forbidden.card_paid_back": Sentence("That a card paid back is said by a manager; ask one."),
    "same_person.card_paid_back": Sentence(
        "Whoever loaded a card does not say that it paid back; another person does."
    ),
    "invalid.provider_stays": Sentence("An account stays with its provider; add another account instead."),
    "category_not_allowed.product": Sentence(
        "Cash, alcohol, tobacco, cannabis, gambling and firearms are never on the shelf; choose another "
        "product."
    ),
    "reward_not_offered.product": Sentence(
        "What the provider delivers for this reward is not offered any more; choose another reward."
    ),
    "reward_not_offered.provider": Sentence(
        "The clinic does not order from this reward's provider now; choose another reward."
    ),
    "invalid.brands_unread": Sentence(
        "A category or brand has at most 80 letters, and a list 200 of them; shorten it."
    ),
    "reward_not_offered.brand": Sentence(
        "This brand is not among those that may be given to them; choose another reward."
    ),
    "out_of_stock.provider_funds": Sentence(
        "The clinic's account with the provider holds too little for this reward; try again later, or "
        "choose another.",
        page="This reward cannot be ordered right now. Try again later, or choose another.",
    ),
    "invalid.ordered_one_by_one": Sentence(
        "What a provider delivers is ordered one by one; leave the quantity out.",
        page="Rewards of a provider are ordered one by one. Ask for one only.",
    ),
    "not_given.on_order": Sentence(
        "This redemption is on order; it is given once its provider has delivered it."
    ),
    "already_settled.redemption_sent": Sentence(
        "This redemption was sent to its provider already; nothing more is to be done here."
    ),
    "already_settled.redemption_ended": Sentence(
        "This redemption came to nothing and its price is available again; ask for a new redemption instead."
    ),
    "invalid.order_stays": Sentence(
        "A provider's link is neither replaced nor taken back here; cancel the redemption, and its provider "
        "is asked to."
    ),
    "invalid.product_of_others": Sentence(
        "Only a reward of kind provider has a product and a face value; leave them out."
    ),
    "invalid.product_unknown": Sentence(
        "A reward of kind provider names a product of an account's catalog; choose one."
    ),
    "invalid.product_not_allowed": Sentence(
        "This product is not among those that the clinic allows; allow it first."
    ),
    "invalid.stock_of_providers": Sentence("What a provider delivers has no stock here; leave it out."),
    "invalid.provider_in_dollars": Sentence(
        "A provider delivers in US dollars, and {unit} is not: price it in usd or points.",
        page="A provider delivers in US dollars. Price it in dollars or points.",
    ),
    "invalid.provider_not_instant": Sentence(
        "What a provider delivers is given once it has come, never at once."
    ),
    "invalid.face_missing": Sentence(
        "Say at which face value it is ordered, in cents.", page="Say what amount is ordered."
    ),
    "invalid.face_not_price": Sentence(
        "A reward that costs dollars is ordered at its price; leave the face value out."
    ),
    "invalid.face_not_among": Sentence("This product comes at these face values only: {faces}."),
    "invalid.face_beyond": Sentence("This product comes at face values from {least} to {most}."),
    "malformed.provider_notice": Sentence(
        "This is no notice of a provider: it is not JSON, or says no event."
    ),
    "category_mismatch.provider": Sentence("What a provider delivers is no prize; choose an item or a code."),
}
