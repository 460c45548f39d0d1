"""Texts of the pages of reward providers."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.prov.lead": (
        (
            "Companies that deliver gift cards by a link. They learn what is ordered and for how much; "
            "never who it is for, and never why."
        ),
        (
            "Empresas que entregan tarjetas de regalo con un enlace. Saben qué se pide y por cuánto; "
            "nunca para quién es ni por qué."
        ),
    ),
    "manage.prov.all": ("Accounts", "Cuentas"),
    "manage.prov.none": (
        "There is no account yet. Add the first one below; nothing is ordered until a reward is made of it.",
        "Todavía no hay ninguna cuenta. Agrega la primera abajo; no se pide nada hasta crear una recompensa.",
    ),
    "manage.prov.add": ("Add an account", "Agregar una cuenta"),
    "manage.prov.name": ("What you call it", "Cómo la llamas"),
    "manage.prov.provider": ("Provider", "Proveedor"),
    "manage.prov.environment": ("Use", "Uso"),
    "manage.prov.production": ("Real orders", "Pedidos reales"),
    "manage.prov.sandbox": ("To try it: nothing is worth anything", "Para probar: nada tiene valor"),
    "manage.prov.api_key": ("Key of their API", "Clave de su API"),
    "manage.prov.api_key_hint": (
        "From your account with them. It is kept encrypted and shown to nobody.",
        "De tu cuenta con ellos. Se guarda cifrada y no se muestra a nadie.",
    ),
    "manage.prov.new_key_hint": (
        "Leave it empty to keep the one on record.",
        "Déjalo vacío para conservar la actual.",
    ),
    "manage.prov.tango_only": ("For Tango only", "Solo para Tango"),
    "manage.prov.platform": ("Platform name", "Nombre de la plataforma"),
    "manage.prov.customer": ("Customer identifier", "Identificador de cliente"),
    "manage.prov.account": ("Account identifier", "Identificador de cuenta"),
    "manage.prov.tremendous_only": ("For Tremendous only", "Solo para Tremendous"),
    "manage.prov.campaign": ("Campaign id", "Identificador de campaña"),
    "manage.prov.campaign_hint": (
        "For its looks; can be left empty.",
        "Para su aspecto; puede quedar vacío.",
    ),
    "manage.prov.warn_below": ("Warn when it holds less than", "Avisar cuando tenga menos de"),
    "manage.prov.warn_hint": ("In dollars; $500 where left empty.", "En dólares; $500 si queda vacío."),
    "manage.prov.added": (
        "Added. Its catalog is read within a minute; then allow what may be on the shelf.",
        "Agregada. Su catálogo se lee en un minuto; después permite lo que puede ofrecerse.",
    ),
    "manage.prov.changed": ("Saved.", "Guardado."),
    "manage.prov.allowed": ("Saved.", "Guardado."),
    "manage.prov.stands": ("How it stands", "Cómo está"),
    "manage.prov.balance": ("It holds", "Tiene"),
    "manage.prov.balance_at": ("asked {at}", "consultado {at}"),
    "manage.prov.unknown": ("not asked yet", "sin consultar todavía"),
    "manage.prov.on_order": ("On order", "Pedido"),
    "manage.prov.waiting": ("Orders that wait", "Pedidos en espera"),
    "manage.prov.low": ("low", "poco"),
    "manage.prov.low_says": (
        "It holds less than you wanted to be warned of. Rewards that it cannot pay for are not ordered.",
        "Tiene menos de lo que fijaste para el aviso. Lo que no puede pagar no se pide.",
    ),
    "manage.prov.off": ("not used", "sin usar"),
    "manage.prov.ok": ("answers", "responde"),
    "manage.prov.fault.unreachable": ("It cannot be reached.", "No se puede llegar a él."),
    "manage.prov.fault.no_answer": ("It does not answer.", "No responde."),
    "manage.prov.fault.unreadable": (
        "Its answer cannot be understood. Is the address right?",
        "Su respuesta no se entiende. ¿Es correcta la dirección?",
    ),
    "manage.prov.fault.redirected": (
        "It sends us to another address, which we do not follow.",
        "Nos manda a otra dirección, y no la seguimos.",
    ),
    "manage.prov.fault.address": (
        "Its address may not be spoken to.",
        "No se permite hablar con su dirección.",
    ),
    "manage.prov.fault.denied": (
        "It does not accept the key. Type the key again.",
        "No acepta la clave. Escribe la clave de nuevo.",
    ),
    "manage.prov.fault.busy": ("It asks us to wait.", "Pide que esperemos."),
    "manage.prov.fault.funds": ("It holds too little for an order.", "Tiene muy poco para un pedido."),
    "manage.prov.matched": ("Lists compared", "Listas comparadas"),
    "manage.prov.check": ("Ask it now", "Consultar ahora"),
    "manage.prov.checked_ok": (
        "All is well. It holds {amount} and offers {count} products. Nothing was ordered.",
        "Todo está bien. Tiene {amount} y ofrece {count} productos. No se pidió nada.",
    ),
    "manage.prov.differences": (
        "Where their list and ours differ",
        "Diferencias entre su lista y la nuestra",
    ),
    "manage.prov.differences_why": (
        "Compared once a day. Each stays here until a later comparison finds it gone.",
        "Se comparan una vez al día. Cada una se queda aquí hasta que una comparación ya no la encuentre.",
    ),
    "manage.prov.differs.missing_there": (
        "They do not know an order of ours.",
        "No conocen un pedido nuestro.",
    ),
    "manage.prov.differs.missing_here": (
        "They have an order that is not ours.",
        "Tienen un pedido que no es nuestro.",
    ),
    "manage.prov.differs.face": ("The amounts differ.", "Los montos no coinciden."),
    "manage.prov.differs.state": (
        "One has it delivered or paid back, the other has not.",
        "Uno lo da por entregado o devuelto, y el otro no.",
    ),
    "manage.prov.ours": ("ours: {said}", "nuestra: {said}"),
    "manage.prov.theirs": ("theirs: {said}", "suya: {said}"),
    "manage.prov.catalog": ("Catalog", "Catálogo"),
    "manage.prov.catalog_none": (
        "The catalog was not read yet. That takes a minute while the worker runs.",
        "El catálogo no se ha leído todavía. Tarda un minuto.",
    ),
    "manage.prov.product": ("Product", "Producto"),
    "manage.prov.values": ("Values", "Valores"),
    "manage.prov.shelf": ("On the shelf", "Se ofrece"),
    "manage.prov.never": ("never: {why}", "nunca: {why}"),
    "manage.prov.why.cash": ("cash", "dinero en efectivo"),
    "manage.prov.why.alcohol": ("alcohol", "alcohol"),
    "manage.prov.why.tobacco": ("tobacco", "tabaco"),
    "manage.prov.why.cannabis": ("cannabis", "cannabis"),
    "manage.prov.why.gambling": ("gambling", "apuestas"),
    "manage.prov.why.firearms": ("firearms", "armas"),
    "manage.prov.gone": ("gone", "ya no existe"),
    "manage.prov.allow": ("Allow", "Permitir"),
    "manage.prov.forbid": ("Allow no more", "Ya no permitir"),
    "manage.prov.is_allowed": ("allowed", "permitido"),
    "manage.prov.offer": ("Make a reward of it", "Crear una recompensa"),
    "manage.prov.offer_none": (
        "Allow a product first, then make a reward of it here.",
        "Permite primero un producto y después crea aquí la recompensa.",
    ),
    "manage.prov.face": ("What is ordered, in dollars", "Lo que se pide, en dólares"),
    "manage.prov.face_hint": (
        "Leave it empty where the price is in dollars.",
        "Déjalo vacío si el precio es en dólares.",
    ),
    "manage.prov.change": ("Change", "Cambiar"),
    "manage.prov.active": ("Orders are sent to it", "Se le mandan pedidos"),
    "manage.prov.webhook": (
        "Where they can tell us of changes: {address}. They sign with the secret below.",
        "Donde pueden avisarnos de cambios: {address}. Firman con el secreto de abajo.",
    ),
    "manage.prov.webhook_secret": ("Secret of their notices", "Secreto de sus avisos"),
    "manage.prov.stale": (
        "Someone changed this account while you were here. Look at it again, then save.",
        "Alguien cambió esta cuenta mientras estabas aquí. Revísala y guarda de nuevo.",
    ),
}
