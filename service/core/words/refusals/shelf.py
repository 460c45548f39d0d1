"""Why a reward was not added, changed, redeemed or handed over."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.reward": Sentence(
        "There is no such reward.",
        "No existe esa recompensa. Elige una de la lista.",
    ),
    "unknown_reward": Sentence(
        "There is no such reward.",
        "No existe esa recompensa. Elige una de la lista.",
    ),
    "not_found.redemption": Sentence(
        "There is no such redemption.",
        "No existe ese canje. Vuelve y búscalo de nuevo.",
        page="There is no such reward that was asked for. Go back and look for it again.",
    ),
    "not_found.write_off": Sentence(
        "There is no such write-off.",
        "No existe esa baja. Vuelve y búscala de nuevo.",
    ),
    "not_found.own": Sentence(
        "There is nothing here under this address.",
        "No encontramos esta página. Vuelve a tus recompensas.",
    ),
    "reward_not_offered": Sentence(
        "This reward is no longer offered; choose one that is on the shelf.",
        "Esta recompensa ya no se ofrece. Elige una de la lista.",
    ),
    "out_of_stock.none": Sentence(
        "There is none left of this reward; choose another, or fewer.",
        "No queda ninguna de esta recompensa. Elige otra.",
    ),
    "out_of_stock.few": Sentence(
        "There are only {left} left of this reward; choose another, or fewer.",
        "De esta recompensa solo hay {left}. Elige otra o pide menos.",
    ),
    "out_of_stock.codes": Sentence(
        "There are not enough codes left; add codes first.",
        "No quedan códigos suficientes. Agrega códigos primero.",
    ),
    "insufficient_balance": Sentence(
        "This costs {price}, and {has} is available: {lacks} more is needed. Choose something for less.",
        "Cuesta {price} y el saldo es de {has}. Falta: {lacks}. Elige algo que cueste menos.",
    ),
    "cap_reached.some_day": Sentence(
        "This counts for {worth}. Up to {cap} can be given today, and {left} of it is left. Nothing was "
        "taken: choose something worth {left} or less, or come back tomorrow.",
        "Esto cuenta como {worth}. Hoy se puede dar hasta {cap} y quedan {left}. No se descontó nada: "
        "elige algo que valga {left} o menos, o vuelve mañana.",
    ),
    "cap_reached.none_day": Sentence(
        "All of the {cap} that can be given today has been given. Nothing was taken: what you have stays, "
        "and there is room again tomorrow.",
        "Hoy ya se dio todo lo que se puede dar: {cap}. No se descontó nada: lo que tienes sigue ahí, y "
        "mañana habrá lugar otra vez.",
    ),
    "cap_reached.some_week": Sentence(
        "This counts for {worth}. Up to {cap} can be given this week, and {left} of it is left. Nothing "
        "was taken: choose something worth {left} or less, or come back next week.",
        "Esto cuenta como {worth}. Esta semana se puede dar hasta {cap} y quedan {left}. No se descontó "
        "nada: elige algo que valga {left} o menos, o vuelve la próxima semana.",
    ),
    "cap_reached.none_week": Sentence(
        "All of the {cap} that can be given this week has been given. Nothing was taken: what you have "
        "stays, and there is room again next week.",
        "Esta semana ya se dio todo lo que se puede dar: {cap}. No se descontó nada: lo que tienes sigue "
        "ahí, y la próxima semana habrá lugar otra vez.",
    ),
    "cap_reached.some_month": Sentence(
        "This counts for {worth}. Up to {cap} can be given this month, and {left} of it is left. Nothing "
        "was taken: choose something worth {left} or less, or come back next month.",
        "Esto cuenta como {worth}. Este mes se puede dar hasta {cap} y quedan {left}. No se descontó "
        "nada: elige algo que valga {left} o menos, o vuelve el próximo mes.",
    ),
    "cap_reached.none_month": Sentence(
        "All of the {cap} that can be given this month has been given. Nothing was taken: what you have "
        "stays, and there is room again next month.",
        "Este mes ya se dio todo lo que se puede dar: {cap}. No se descontó nada: lo que tienes sigue "
        "ahí, y el próximo mes habrá lugar otra vez.",
    ),
    "cap_reached.some_year": Sentence(
        "This counts for {worth}. Up to {cap} can be given this year, and {left} of it is left. Nothing "
        "was taken: choose something worth {left} or less, or come back next year.",
        "Esto cuenta como {worth}. Este año se puede dar hasta {cap} y quedan {left}. No se descontó "
        "nada: elige algo que valga {left} o menos, o vuelve el próximo año.",
    ),
    "cap_reached.none_year": Sentence(
        "All of the {cap} that can be given this year has been given. Nothing was taken: what you have "
        "stays, and there is room again next year.",
        "Este año ya se dio todo lo que se puede dar: {cap}. No se descontó nada: lo que tienes sigue "
        "ahí, y el próximo año habrá lugar otra vez.",
    ),
    "cap_reached.some_enrollment": Sentence(
        "This counts for {worth}. Up to {cap} can be given in this program, and {left} of it is left. "
        "Nothing was taken: choose something worth {left} or less.",
        "Esto cuenta como {worth}. En este programa se puede dar hasta {cap} y quedan {left}. No se "
        "descontó nada: elige algo que valga {left} o menos.",
    ),
    "cap_reached.none_enrollment": Sentence(
        "All of the {cap} that can be given in this program has been given. Nothing was taken; the clinic "
        "can say what else there is.",
        "En este programa ya se dio todo lo que se puede dar: {cap}. No se descontó nada. Pregunta en la "
        "clínica qué más hay.",
    ),
    "cap_reached.some_event": Sentence(
        "This counts for {worth}, and one prize can be worth {cap} at most. Choose something worth {left} "
        "or less.",
        "Esto cuenta como {worth} y un premio puede valer como máximo {cap}. Elige algo que valga {left} "
        "o menos.",
    ),
    "cap_reached.none_event": Sentence(
        "The clinic's cap of {cap} leaves no room for a prize. A manager can change the cap.",
        "El tope de la clínica, {cap}, no deja lugar para un premio. La gerencia puede cambiarlo.",
    ),
    "cap_reached.handed_over": Sentence(
        "This counts for {worth}, and today's period has {left} left of the cap of {cap}. It stays set "
        "aside: hand it over when a new period begins, or cancel it.",
        "Esto cuenta como {worth} y en el período de hoy quedan {left} del tope de {cap}. Sigue apartado: "
        "entrégalo cuando empiece otro período, o cancélalo.",
    ),
    "invalid.fair_value_of_draws": Sentence(
        "What costs draws has no price in money; say what one piece is worth in cents.",
        "Lo que se paga con boletos no tiene precio en dinero. Escribe cuánto vale una pieza.",
        page="What costs draws has no price in money. Say what one piece is worth.",
    ),
    "already_settled.redemption_given": Sentence(
        "This redemption is already given; nothing more is to be done.",
        "Esta recompensa ya se entregó. No hay nada más que hacer.",
        page="This reward was handed over already. There is nothing more to do.",
    ),
    "already_settled.redemption_canceled": Sentence(
        "This redemption is already canceled; nothing more is to be done.",
        "Este canje ya se canceló. No hay nada más que hacer.",
        page="This reward was canceled already. There is nothing more to do.",
    ),
    "already_settled.redemption_given_ask_anew": Sentence(
        "This redemption is already given; ask for a new redemption instead.",
        "Esta recompensa ya se entregó. Pide otra.",
        page="This reward was handed over already. Ask for another one.",
    ),
    "already_settled.redemption_canceled_ask_anew": Sentence(
        "This redemption is already canceled; ask for a new redemption instead.",
        "Este canje ya se canceló. Pide otro.",
        page="This reward was canceled already. Ask for another one.",
    ),
    "not_given": Sentence(
        "This redemption is held and not given yet; cancel it instead.",
        "Esta recompensa todavía no se ha entregado. Cancela el canje si ya no se quiere.",
        page="This reward is set aside and not handed over yet. Cancel it instead.",
    ),
    "not_given.prize": Sentence(
        "This prize is owed and not given yet; give it first.",
        "Este premio todavía no se ha entregado. Entrégalo primero.",
    ),
    "already_changed.replaced_today": Sentence(
        "This was replaced today already; read it for what stands, and send `another: true` if "
        "that is lost too.",
        "Esto ya se reemplazó hoy. Mira qué código o pieza vale ahora. Si también se perdió, marca que "
        "hace falta otro reemplazo.",
        page="This was replaced today already. Look at what stands now; if that is lost too, say that "
        "another one is needed.",
    ),
    "already_changed.waits": Sentence(
        "A replacement or taking back of it waits for another person; let that be approved or refused first.",
        "Un reemplazo o una devolución espera a otra persona. Primero hay que aprobarlo o rechazarlo.",
    ),
    "not_found.redemption_change": Sentence(
        "There is no such replacement or taking back.",
        "No existe ese reemplazo ni esa devolución. Vuelve y búscalo de nuevo.",
    ),
    "invalid.more_pieces": Sentence(
        "Only {pieces} pieces were given; replace that many or fewer.",
        "Solo se entregaron {pieces} piezas. Reemplaza esas o menos.",
    ),
    "invalid.not_its_code": Sentence(
        "This is no code of the redemption, or it is void already; name codes that the redemption has.",
        "Este código no es de este canje o ya no vale. Indica un código del canje.",
    ),
    "invalid.codes_of_given_item": Sentence(
        "An item has no codes; leave codes out, or say how many pieces.",
        "Un objeto no tiene códigos. Indica cuántas piezas.",
    ),
    "invalid.pieces_of_codes": Sentence(
        "Codes are named and not counted; leave pieces out, or name the codes.",
        "Los códigos se indican uno por uno. Deja vacías las piezas.",
    ),
    "invalid.restock_of_codes": Sentence(
        "A code that was given never goes back on the shelf; leave restock out.",
        "Un código entregado nunca vuelve a las existencias. Quita esa opción.",
    ),
    "out_of_stock.replacement": Sentence(
        "Only {left} are left for a replacement; add some first, or take the reward back.",
        "Para reemplazar solo quedan {left}. Agrega más primero, o devuelve el valor de la recompensa.",
    ),
    "category_not_allowed": Sentence(
        "Cash, alcohol, tobacco, cannabis, gambling and firearms may not be on the shelf. Choose another "
        "reward, "
        "or another name if it is none of these.",
        "Efectivo, alcohol, tabaco, cannabis, apuestas y armas no pueden ser recompensas. Elige otra, o dale "
        "otro nombre si no es nada de esto.",
    ),
    "shelf.cash": Sentence(
        "This names cash, which may not be on the shelf.",
        "Esto nombra efectivo, que no puede ser una recompensa.",
    ),
    "shelf.alcohol": Sentence(
        "This names alcohol, which may not be on the shelf.",
        "Esto nombra alcohol, que no puede ser una recompensa.",
    ),
    "shelf.tobacco": Sentence(
        "This names tobacco, which may not be on the shelf.",
        "Esto nombra tabaco, que no puede ser una recompensa.",
    ),
    "shelf.cannabis": Sentence(
        "This names cannabis, which may not be on the shelf.",
        "Esto nombra cannabis, que no puede ser una recompensa.",
    ),
    "shelf.gambling": Sentence(
        "This names gambling, which may not be on the shelf.",
        "Esto nombra apuestas, que no pueden ser una recompensa.",
    ),
    "shelf.firearms": Sentence(
        "This names firearms, which may not be on the shelf.",
        "Esto nombra armas, que no pueden ser una recompensa.",
    ),
    "precondition_failed.reward": changed_meanwhile(
        "The reward was changed meanwhile; read it again and change that."
    ),
    "invalid.stock_of_codes": Sentence(
        "The stock of a code reward is its unused codes; add codes instead.",
        "Las existencias de una recompensa con códigos son sus códigos sin usar. Agrega códigos.",
    ),
    "invalid.stock_given_for_codes": Sentence(
        "The stock of a code reward is its unused codes; leave stock out, and add codes afterwards.",
        "Las existencias de una recompensa con códigos son sus códigos sin usar. Déjalas vacías y agrega "
        "códigos "
        "después.",
    ),
    "out_of_stock.write_off": Sentence(
        "There are {pieces} pieces; write off that many or fewer.",
        "Las piezas son {pieces}. Da de baja esas o menos.",
    ),
    "invalid.stock_large": Sentence(
        "A reward has at most {pieces:,} pieces; leave stock out for one that never runs out.",
        "Una recompensa tiene como máximo {pieces:,} piezas. Deja vacías las existencias si nunca se agota.",
    ),
    "invalid.codes_of_item": Sentence(
        "This reward is an item and has no codes; change its stock instead.",
        "Esta recompensa es un objeto y no tiene códigos. Cambia sus existencias.",
    ),
    "invalid.code_blank": Sentence(
        "A code has at least one letter or digit.",
        "Un código tiene al menos una letra o un número. Escríbelo.",
    ),
    "invalid.code_not_instant": Sentence(
        "A code is always given at once; leave instant out.",
        "Un código siempre se entrega al momento. Quita esa opción.",
        page="A code is always given at once. Leave that choice out.",
    ),
    "codes_known": Sentence(
        "Some codes are known already, and each is given only once; leave them out and send the rest.",
        "Algunos códigos ya están, y cada uno se entrega una sola vez. Quítalos y envía los demás.",
    ),
    "shelf.code_added_before": Sentence(
        "This code was added before.",
        "Este código ya se agregó antes.",
    ),
    "shelf.code_twice": Sentence(
        "This code is in the list twice.",
        "Este código está dos veces en la lista.",
    ),
    "out_of_stock.written_off": Sentence(
        "Fewer pieces are left ({left}) than were to be written off ({pieces}); refuse this write-off and "
        "propose "
        "what is left.",
        "Quedan menos piezas ({left}) que las que se iban a dar de baja ({pieces}). Rechaza esta baja y "
        "propón "
        "las que quedan.",
    ),
}
