"""Why an account with a reward provider, its catalog or an order was not as asked for."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.provider_account": Sentence(
        "There is no such account with a provider.",
        "No existe esa cuenta con un proveedor. Elige una de la lista.",
    ),
    "not_found.provider_product": Sentence(
        "There is no such product in this account's catalog.",
        "No existe ese producto en el catálogo de esta cuenta. Elige uno de la lista.",
    ),
    "precondition_failed.provider_account": changed_meanwhile(
        "This account was changed by somebody else; read it again, then change it."
    ),
    "url_not_allowed.provider": Sentence(
        "Providers are spoken to at public addresses over HTTPS only; give such an address, or leave it out.",
        "A los proveedores solo se les habla por HTTPS en direcciones públicas. Da una así o deja el campo "
        "vacío.",
    ),
    "invalid.provider_stays": Sentence(
        "An account stays with its provider; add another account instead.",
        "Una cuenta siempre es del mismo proveedor. Agrega otra cuenta.",
    ),
    "category_not_allowed.product": Sentence(
        "Cash, alcohol, tobacco, cannabis, gambling and firearms are never on the shelf; choose another "
        "product.",
        "No se ofrecen dinero en efectivo, alcohol, tabaco, cannabis, apuestas ni armas. Elige otro "
        "producto.",
    ),
    "reward_not_offered.product": Sentence(
        "What the provider delivers for this reward is not offered any more; choose another reward.",
        "Lo que el proveedor entrega por esta recompensa ya no se ofrece. Elige otra.",
    ),
    "reward_not_offered.provider": Sentence(
        "The clinic does not order from this reward's provider now; choose another reward.",
        "La clínica no hace pedidos a este proveedor por ahora. Elige otra recompensa.",
    ),
    "out_of_stock.provider_funds": Sentence(
        "The clinic's account with the provider holds too little for this reward; try again later, or "
        "choose another.",
        "Esta recompensa no se puede pedir en este momento. Vuelve a intentarlo más tarde o elige otra.",
        page="This reward cannot be ordered right now. Try again later, or choose another.",
    ),
    "invalid.ordered_one_by_one": Sentence(
        "What a provider delivers is ordered one by one; leave the quantity out.",
        "Las recompensas de un proveedor se piden de una en una. Pide solo una.",
        page="Rewards of a provider are ordered one by one. Ask for one only.",
    ),
    "not_given.on_order": Sentence(
        "This redemption is on order; it is given once its provider has delivered it.",
        "Esta recompensa está pedida. Se entrega cuando el proveedor la mande.",
    ),
    "already_settled.redemption_sent": Sentence(
        "This redemption was sent to its provider already; nothing more is to be done here.",
        "Esta recompensa ya se pidió al proveedor. No hay nada más que hacer aquí.",
    ),
    "already_settled.redemption_ended": Sentence(
        "This redemption came to nothing and its price is available again; ask for a new redemption instead.",
        "Este canje no se completó y su precio está disponible otra vez. Pide otro.",
    ),
    "invalid.order_stays": Sentence(
        "A provider's link is neither replaced nor taken back here; cancel the redemption, and its provider "
        "is asked to.",
        "El enlace de un proveedor no se reemplaza ni se devuelve aquí. Cancela el canje y se le pedirá al "
        "proveedor.",
    ),
    "invalid.product_of_others": Sentence(
        "Only a reward of kind provider has a product and a face value; leave them out.",
        "Solo una recompensa de un proveedor tiene producto y valor nominal. Deja esos campos vacíos.",
    ),
    "invalid.product_unknown": Sentence(
        "A reward of kind provider names a product of an account's catalog; choose one.",
        "Una recompensa de un proveedor necesita un producto de su catálogo. Elige uno.",
    ),
    "invalid.product_not_allowed": Sentence(
        "This product is not among those that the clinic allows; allow it first.",
        "La clínica todavía no permite este producto. Permítelo primero.",
    ),
    "invalid.stock_of_providers": Sentence(
        "What a provider delivers has no stock here; leave it out.",
        "Lo que entrega un proveedor no tiene existencias aquí. Deja el campo vacío.",
    ),
    "invalid.provider_not_instant": Sentence(
        "What a provider delivers is given once it has come, never at once.",
        "Lo que entrega un proveedor se da cuando llega. No puede entregarse al momento.",
    ),
    "invalid.face_missing": Sentence(
        "Say at which face value it is ordered, in cents.",
        "Falta de cuánto es lo que se pide. Escríbelo en dólares.",
        page="Say what amount is ordered.",
    ),
    "invalid.face_not_price": Sentence(
        "A reward that costs dollars is ordered at its price; leave the face value out.",
        "Lo que cuesta dólares se pide por su precio. Deja el valor nominal vacío.",
    ),
    "invalid.face_not_among": Sentence(
        "This product comes at these face values only: {faces}.",
        "Este producto solo existe por estos valores: {faces}. Elige uno de ellos.",
    ),
    "invalid.face_beyond": Sentence(
        "This product comes at face values from {least} to {most}.",
        "Este producto existe por valores de {least} a {most}. Elige uno entre ellos.",
    ),
    "malformed.provider_notice": Sentence(
        "This is no notice of a provider: it is not JSON, or says no event.",
        "Esto no es un aviso de un proveedor. Revisa lo que se envió.",
    ),
    "category_mismatch.provider": Sentence(
        "What a provider delivers is no prize; choose an item or a code.",
        "Lo que entrega un proveedor no puede ser un premio. Elige otra recompensa.",
    ),
}
