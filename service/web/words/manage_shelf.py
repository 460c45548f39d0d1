"""Texts of Manage on the shelf, hand-overs, caps, closures and seeds."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.reason": ("Reason", "Motivo"),
    "manage.shelf.lead": ("What people can spend their balance on.", "En qué se puede gastar el saldo."),
    "manage.shelf.lowered": (
        (
            "One person lowered its price or what it is worth. A colleague hands it out, and nobody takes it "
            "by themselves, until another manager has looked at the price and saved it."
        ),
        (
            "Una persona bajó su precio o su valor. La entrega otra persona del equipo, y nadie la toma por "
            "su cuenta, hasta que otra persona de la gerencia mire el precio y lo guarde."
        ),
    ),
    "manage.shelf.moved": (
        (
            "One person put it into another category. As a prize a colleague hands it out, until another "
            "manager has looked at the category and saved it."
        ),
        (
            "Una persona la puso en otra categoría. Como premio la entrega otra persona del equipo, hasta "
            "que otra persona de la gerencia mire la categoría y la guarde."
        ),
    ),
    "manage.shelf.none": (
        "The shelf is empty. Add the first reward below.",
        "El estante está vacío. Agrega abajo la primera recompensa.",
    ),
    "manage.shelf.name": ("Name", "Nombre"),
    "manage.shelf.category": ("Category", "Categoría"),
    "manage.shelf.how": ("Handed over", "Entrega"),
    "manage.shelf.price": ("Price", "Precio"),
    "manage.shelf.left": ("Left", "Quedan"),
    "manage.shelf.fair_value": ("Worth", "Vale"),
    "manage.shelf.fair_value_field": ("Worth in dollars", "Cuánto vale en dólares"),
    "manage.shelf.fair_value_why": (
        "What a piece would cost in a store. Left empty, it follows from the price.",
        "Lo que costaría una pieza en una tienda. Si lo dejas vacío, se calcula del precio.",
    ),
    "manage.shelf.worth_is": ("worth {amount}", "vale {amount}"),
    "manage.shelf.no_worth": ("worth not known", "valor desconocido"),
    "manage.shelf.description": ("Description", "Descripción"),
    "manage.shelf.off": ("off the shelf", "fuera del estante"),
    "manage.shelf.endless": ("no limit", "sin límite"),
    "manage.shelf.none_left": ("none left", "no quedan"),
    "manage.shelf.count_left": ("Left: {count}", "Quedan: {count}"),
    "manage.shelf.kind.item": ("by a person, later", "por una persona, después"),
    "manage.shelf.kind.instant": ("at once", "al momento"),
    "manage.shelf.kind.provider": ("link of a provider", "enlace de un proveedor"),
    "manage.shelf.kind.code": ("a code, at once", "un código, al momento"),
    "manage.shelf.kind.thing": ("a thing", "una cosa"),
    "manage.shelf.what": ("What it is", "Qué es"),
    "manage.shelf.stock": ("How many (leave empty for no limit)", "Cuántas (vacío: sin límite)"),
    "manage.shelf.instant": (
        "Given at once, without setting it aside",
        "Se entrega al momento, sin apartarla",
    ),
    "manage.shelf.active": ("On the shelf", "En el estante"),
    "manage.shelf.add": ("Add a reward", "Agregar recompensa"),
    "manage.shelf.change": ("Change it", "Cambiarla"),
    "manage.shelf.restock": ("Change the stock", "Cambiar las existencias"),
    "manage.shelf.restock_why": (
        (
            "Pieces that came in are counted at once. To write some off, put a minus before the "
            "number; another person then approves it."
        ),
        (
            "Las piezas que llegan se cuentan al momento. Para dar de baja, pon un menos "
            "delante; después otra persona lo aprueba."
        ),
    ),
    "manage.shelf.pieces": ("Pieces (10 or -2)", "Piezas (10 o -2)"),
    "manage.shelf.codes": ("Add codes", "Agregar códigos"),
    "manage.shelf.codes_why": (
        "Codes are kept encrypted and each is given once. Here only their number is shown.",
        "Los códigos se guardan cifrados y cada uno se da una vez. Aquí solo se ve cuántos son.",
    ),
    "manage.shelf.line": ("Line {number} ({line}): {why}", "Línea {number} ({line}): {why}"),
    "manage.shelf.line_known": (
        "Line {number}: {why} It is left out below.",
        "Línea {number}: {why} Ya no está abajo.",
    ),
    "manage.shelf.lines_wrong": (
        "No code was added yet. Mend these lines, or take them out, and send all again:",
        "Aún no se agregó ningún código. Corrige o quita estas líneas y envía todo otra vez:",
    ),
    "manage.shelf.as_they_are": (
        "I have looked at them: add them as they are",
        "Los revisé: agrégalos como están",
    ),
    "manage.shelf.codes_label": ("Codes, one a line", "Códigos, uno por línea"),
    "manage.shelf.stale": (
        (
            "Someone changed this reward while you were editing. Your changes were not "
            "saved. Check the fields and save again."
        ),
        (
            "Alguien cambió esta recompensa mientras editabas. Tus cambios no se "
            "guardaron. Revisa los campos y guarda otra vez."
        ),
    ),
    "manage.shelf.done.added": ("It is on the shelf.", "Está en el estante."),
    "manage.shelf.done.changed": ("Saved.", "Guardado."),
    "manage.shelf.done.stocked": ("The new stock is saved.", "Las existencias nuevas están guardadas."),
    "manage.shelf.done.proposed": (
        "Proposed. The stock stays as it is until another person approves it.",
        "Propuesto. Las existencias siguen igual hasta que otra persona lo apruebe.",
    ),
    "manage.shelf.done.codes": ("The codes are added.", "Los códigos están agregados."),
    "manage.red.lead": (
        "What was asked for, what waits to be handed over, and what was given.",
        "Lo que se pidió, lo que espera entrega y lo que se dio.",
    ),
    "manage.red.find": ("Find", "Buscar"),
    "manage.red.status": ("Which", "Cuáles"),
    "manage.red.any": ("all of them", "todos"),
    "manage.red.held": ("waiting", "en espera"),
    "manage.red.given": ("given", "entregado"),
    "manage.red.canceled": ("canceled", "cancelado"),
    "manage.red.ordered": ("on order", "pedido"),
    "manage.red.awaiting_provider": ("on its way", "en camino"),
    "manage.red.awaiting_funds": ("waits for the account's money", "espera dinero de la cuenta"),
    "manage.red.failed": ("not delivered", "no entregado"),
    "manage.red.reversed": ("paid back", "devuelto"),
    "manage.red.call_back": ("Call it back", "Retirar el pedido"),
    "manage.red.done.called_back": (
        "The provider is asked to cancel it. How that ends shows here.",
        "Se le pide al proveedor que lo cancele. Aquí verás cómo termina.",
    ),
    "manage.red.until": ("Up to the day", "Hasta el día"),
    "manage.red.all": ("Show all", "Mostrar todos"),
    "manage.red.a_reward": ("A reward", "Una recompensa"),
    "manage.red.asked": ("asked for: {at}", "pedido: {at}"),
    "manage.red.settled": ("done: {at}", "resuelto: {at}"),
    "manage.red.give": ("Hand it over", "Entregar"),
    "manage.red.cancel": ("Cancel, give the balance back", "Cancelar y devolver el saldo"),
    "manage.red.none": (
        "There is none of these. When somebody redeems a reward, it shows here.",
        "No hay ninguno. Cuando alguien canjee una recompensa, aparecerá aquí.",
    ),
    "manage.red.done.given": ("Handed over.", "Entregado."),
    "manage.red.done.canceled": ("Canceled. The balance is back.", "Cancelado. El saldo volvió."),
    "manage.cap.lead": (
        "The most that one person can get in a period, in all programs together.",
        "Lo máximo que una persona puede recibir en un período, sumando todos los programas.",
    ),
    "manage.cap.none": (
        "There is no cap over all programs. Programs may have caps of their own.",
        "No hay topes para todos los programas. Cada programa puede tener los suyos.",
    ),
    "manage.cap.most": ("{amount} per {period}", "{amount} por {period}"),
    "manage.cap.funder": ("Funder: {name}", "Financiador: {name}"),
    "manage.cap.clinic": ("The clinic's own", "De la clínica"),
    "manage.cap.from": ("from {day}", "desde {day}"),
    "manage.cap.to": ("to {day}", "hasta {day}"),
    "manage.cap.holds": ("in force", "vigente"),
    "manage.cap.over": ("ended", "terminó"),
    "manage.cap.later": ("not yet in force", "aún no vigente"),
    "manage.cap.add": ("Set a cap", "Poner un tope"),
    "manage.cap.add_why": (
        (
            "It applies from now on and takes nothing back. Amounts over the limit are not "
            "paid, and the record says why."
        ),
        (
            "Se aplica desde ahora y no quita nada. Lo que pasa del límite no se paga, y "
            "el registro dice por qué."
        ),
    ),
    "manage.cap.first": ("First day", "Primer día"),
    "manage.cap.last": ("Last day", "Último día"),
    "manage.cap.funding": ("Funder (empty: the clinic)", "Financiador (vacío: la clínica)"),
    "manage.cap.done.set": ("The cap is set.", "El tope está puesto."),
    "manage.cap.done.ended": ("The cap has a last day.", "El tope tiene un último día."),
    "manage.cap.done.threshold": ("The threshold is set.", "El umbral está puesto."),
    "manage.cap.done.worth": ("What a point is worth is set.", "El valor del punto está puesto."),
    "manage.worth.title": ("What a point is worth", "Cuánto vale un punto"),
    "manage.worth.why": (
        (
            "What people get for points counts in money against the caps and in the year's report, by what "
            "it is worth. Nothing counted so far changes."
        ),
        (
            "Lo que se da por puntos cuenta en dinero para los topes y en el informe del año, según lo que "
            "vale. Lo ya contado no cambia."
        ),
    ),
    "manage.worth.none": (
        "Nobody has said it yet, so what points buy counts against no cap in money.",
        "Nadie lo ha dicho todavía, así que lo que se da por puntos no cuenta para ningún tope en dinero.",
    ),
    "manage.worth.from": ("From {day} on: {amount} a point", "Desde el {day}: {amount} por punto"),
    "manage.worth.cents": ("Cents a point", "Centavos por punto"),
    "manage.worth.first": ("From the day", "Desde el día"),
    "manage.worth.reason": ("Reason (optional)", "Motivo (opcional)"),
    "manage.cap.tax": ("Tax reporting", "Informe de impuestos"),
    "manage.cap.tax_why": (
        "Report a person when payments in a calendar year reach this amount.",
        "Hay que informar de una persona cuando los pagos de un año llegan a esta cantidad.",
    ),
    "manage.cap.tax_report": ("The year's report", "El informe del año"),
    "manage.cap.from_year": ("From {year} on: {amount}", "Desde {year}: {amount}"),
    "manage.cap.year": ("From the year", "Desde el año"),
    "manage.cap.set": ("Set", "Poner"),
    "manage.cap.most_now": (
        "The person closest to it has {amount} ({percent}%).",
        "La persona más cerca tiene {amount} ({percent} %).",
    ),
    "manage.cap.near_now": (
        "People at 80% or more: {near}. At the limit: {top}.",
        "Personas con 80 % o más: {near}. En el límite: {top}.",
    ),
    "manage.cap.near": ("Who came near it", "Quiénes se acercaron"),
    "manage.cap.near_none": ("No one has reached 80% yet.", "Nadie ha llegado todavía al 80 %."),
    "manage.cap.reached": ("{percent} % in {period}", "{percent} % en {period}"),
    "manage.cap.end": ("End this cap", "Terminar este tope"),
    "manage.cap.end_why": (
        "Its last day is set once: today or later.",
        "Su último día se pone una vez: hoy o más tarde.",
    ),
    "manage.clo.lead": (
        "On these days nobody is expected, and nobody's visit counts as missed.",
        "En estos días no se espera a nadie y ninguna visita cuenta como falta.",
    ),
    "manage.clo.none": (
        "No closure is entered. Add holidays here before they come.",
        "No hay cierres. Agrega aquí los feriados antes de que lleguen.",
    ),
    "manage.clo.add": ("Add a closure", "Agregar un cierre"),
    "manage.clo.first": ("First day", "Primer día"),
    "manage.clo.last": ("Last day (empty: the same)", "Último día (vacío: el mismo)"),
    "manage.clo.remove": ("Remove", "Quitar"),
    "manage.clo.entered": ("The closure is entered.", "El cierre está puesto."),
    "manage.clo.excused": (
        "Visits that no longer count as missed: {count}.",
        "Visitas que ya no cuentan como falta: {count}.",
    ),
    "manage.clo.removed": (
        "The closure is taken back. Its days are open again.",
        "El cierre se quitó. Sus días vuelven a estar abiertos.",
    ),
    "manage.seeds.lead": (
        (
            "Each draw is made from a secret number, the seed. Its fingerprint is published "
            "before anything is drawn, so nobody can choose what comes out."
        ),
        (
            "Cada sorteo sale de un número secreto, la semilla. Su huella se publica antes de "
            "sortear, así nadie puede elegir qué sale."
        ),
    ),
    "manage.seeds.rotate": ("Reveal this seed and begin a new one", "Revelar esta semilla y empezar otra"),
    "manage.seeds.rotated": (
        "The old seed is revealed below, and a new one is in use.",
        "La semilla anterior está revelada abajo y hay una nueva en uso.",
    ),
    "manage.seeds.in_use": ("in use", "en uso"),
    "manage.seeds.revealed": ("revealed {at}", "revelada {at}"),
    "manage.seeds.commitment": ("Fingerprint (SHA-256):", "Huella (SHA-256):"),
    "manage.seeds.seed": ("Seed:", "Semilla:"),
    "manage.seeds.none": (
        "There is no seed yet. The first one is made when something is drawn.",
        "Todavía no hay semilla. La primera se crea con el primer sorteo.",
    ),
    "manage.seeds.how": ("How to check a draw", "Cómo comprobar un sorteo"),
    "manage.seeds.step1": (
        "Wait until its seed is revealed, or reveal it here.",
        "Espera a que su semilla esté revelada, o revélala aquí.",
    ),
    "manage.seeds.step2": (
        "Take the draw's record from the service (GET /v1/draws/ and its id) and keep it as a file.",
        "Toma el registro del sorteo del servicio (GET /v1/draws/ y su id) y guárdalo en un archivo.",
    ),
    "manage.seeds.step3": (
        "Run: rewards draw check FILE. It works out every slip again and says whether each is right.",
        "Ejecuta: rewards draw check ARCHIVO. Vuelve a calcular cada boleto y dice si es correcto.",
    ),
}
