"""Texts of the front desk on people: their pages, details, and enrolling them."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk.new.says": (
        "Takes less than a minute. Only the reference, program and start are needed.",
        "Toma menos de un minuto. Solo se necesitan la referencia, el programa y el inicio.",
    ),
    "desk.new.reference": ("Your clinic's number for them", "Número de la clínica"),
    "desk.new.reference_hint": ("Such as the chart number.", "Por ejemplo, el número de expediente."),
    "desk.new.name": ("Name", "Nombre"),
    "desk.new.name_hint": ("Kept encrypted. It can be left out.", "Se guarda cifrado. Se puede omitir."),
    "desk.new.phone": ("Phone", "Teléfono"),
    "desk.new.email": ("Email", "Correo"),
    "desk.new.language": ("Language they read", "Idioma que lee"),
    "desk.new.english": ("English", "Inglés"),
    "desk.new.spanish": ("Spanish", "Español"),
    "desk.new.program": ("Program", "Programa"),
    "desk.new.no_program": (
        "No program is published yet. A manager can publish one under Manage, Programs.",
        "Aún no hay ningún programa publicado. La gerencia lo publica en Administración, Programas.",
    ),
    "desk.new.starts_on": ("First day", "Primer día"),
    "desk.new.funding": ("Who pays (optional)", "Quién paga (opcional)"),
    "desk.person.note": ("Note: {text}", "Nota: {text}"),
    "desk.person.evidence": ("Evidence: {text}", "Comprobante: {text}"),
    "desk.person.added": ("added {at}", "agregado {at}"),
    "desk.details": ("Details", "Datos"),
    "desk.details.says": (
        "How they are reached, the numbers that find them, and whether they are in care here.",
        "Cómo contactar a la persona, los números con que se encuentra, y si está en atención aquí.",
    ),
    "desk.details.go": ("Save details", "Guardar datos"),
    "desk.details.reference_hint": (
        "A former reference goes on finding them, and is nobody else's.",
        "Una referencia anterior sigue sirviendo para encontrar a la persona y no será de nadie más.",
    ),
    "desk.details.numbers": ("Numbers", "Números"),
    "desk.details.reference": ("Our reference", "Nuestra referencia"),
    "desk.details.system": ("Whose number", "De quién es el número"),
    "desk.details.system_hint": ("Such as MRN or LAB.", "Por ejemplo, MRN o LAB."),
    "desk.details.value": ("Number", "Número"),
    "desk.details.from": ("First used on (optional)", "Primer día de uso (opcional)"),
    "desk.details.to": ("Last used on (optional)", "Último día de uso (opcional)"),
    "desk.details.to_hint": (
        "For a former number. It goes on finding this person.",
        "Para un número anterior. Sigue encontrando a esta persona.",
    ),
    "desk.details.add": ("Add the number", "Agregar el número"),
    "desk.details.until": ("Not used since {day}", "Sin uso desde el {day}"),
    "desk.details.end": ("No longer used", "Ya no se usa"),
    "desk.details.withdraw": ("Wrong person: remove", "De otra persona: quitar"),
    "desk.details.status": ("In care here", "En atención aquí"),
    "desk.details.active": ("In care", "En atención"),
    "desk.details.left": ("Left", "Se fue"),
    "desk.details.moved": ("Moved away", "Se mudó"),
    "desk.details.deceased": ("Died", "Falleció"),
    "desk.details.since": ("Since {day}", "Desde el {day}"),
    "desk.details.status_on": ("Since which day", "Desde qué día"),
    "desk.details.why": ("Why (optional)", "Por qué (opcional)"),
    "desk.details.held": (
        "What becomes of what they have: rewards set aside, and what is available",
        "Qué pasa con lo que tiene: recompensas apartadas y lo disponible",
    ),
    "desk.details.keep": ("It stays theirs", "Sigue siendo suyo"),
    "desk.details.release": ("It goes back to the clinic", "Vuelve a la clínica"),
    "desk.details.restore": ("What was released comes back to them", "Recupera lo que volvió a la clínica"),
    "desk.details.stays": ("What was released stays with the clinic", "Lo que volvió a la clínica se queda"),
    "desk.details.status_says": (
        "Their enrollments end that day, and no codes are issued. You can take it back here.",
        "Sus inscripciones terminan ese día y no recibe códigos. Puedes deshacerlo aquí.",
    ),
    "desk.details.back_says": (
        "The enrollments that were closed then go on.",
        "Siguen las inscripciones que se cerraron entonces.",
    ),
    "desk.details.status_go": ("Save", "Guardar"),
    "desk.details.back_go": ("In care again", "Vuelve a estar en atención"),
    "desk.details.done_changed": ("Details saved.", "Datos guardados."),
    "desk.details.done_added": ("Number added.", "Número agregado."),
    "desk.details.done_ended": ("Noted: not used any more.", "Anotado: ya no se usa."),
    "desk.details.done_withdrawn": ("Number removed.", "Número quitado."),
    "desk.details.done_status": ("Saved.", "Guardado."),
    "desk.details.done_confirmed": (
        "Confirmed. Codes go there now.",
        "Confirmado. Ya se envían códigos allí.",
    ),
    "desk.address.text": ("The phone number was changed.", "Se cambió el número de teléfono."),
    "desk.address.text_gone": ("The phone number was taken away.", "Se quitó el número de teléfono."),
    "desk.address.email": ("The mail address was changed.", "Se cambió el correo."),
    "desk.address.email_gone": ("The mail address was taken away.", "Se quitó el correo."),
    "desk.address.by": ("By {name}, {at}.", "Por {name}, {at}."),
    "desk.address.nobody": ("somebody without a name", "alguien sin nombre"),
    "desk.address.why": (
        (
            "Where they were reached before, they were told. Until the person or a colleague confirms it, no "
            "sign-in codes go there for a while; a printed code works at once."
        ),
        (
            "Se avisó a la persona en su contacto anterior. Hasta que ella u otra persona del equipo lo "
            "confirme, por un tiempo no se envían códigos allí; un código impreso sirve enseguida."
        ),
    ),
    "desk.address.disputed": (
        "The person says that this is wrong. No sign-in codes go there; ask them how they are reached.",
        "La persona dice que esto no es correcto. No se envían códigos allí; pregúntale su contacto.",
    ),
    "desk.address.own": (
        "A colleague asks the person and confirms it here.",
        "Lo confirma aquí otra persona.",
    ),
    "desk.address.confirm": ("I asked the person: it is right", "Pregunté a la persona: es correcto"),
    "desk.new.near": ("Is it one of these people?", "¿Es una de estas personas?"),
    "desk.new.near_ask": (
        (
            "Their number, or their name and phone, are nearly the same. If it is one of them, open their "
            "page; if not, say so below."
        ),
        (
            "Su número, o su nombre y teléfono, son casi iguales. Si es una de ellas, abre su página; si no, "
            "dilo abajo."
        ),
    ),
    "desk.new.near_go": ("No, it is somebody else: add them", "No, es otra persona: agregarla"),
    "desk.new.go": ("Add and open", "Agregar y abrir"),
    "desk.new.welcome": (
        "Added and enrolled. Print a card so they can sign in.",
        "Persona agregada e inscrita. Imprime una tarjeta para que pueda entrar.",
    ),
    "desk.person.balances": ("Balances", "Saldos"),
    "desk.person.not_told": (
        "Asked that this is not told: {who}. Tell them nothing.",
        "Pidió que esto no se informe: {who}. No le digas nada.",
    ),
    "desk.person.not_told_system": (
        "Asked that another system is told nothing; it is not.",
        "Pidió que no se informe a otro sistema; no se le informa.",
    ),
    "desk.person.none_yet": ("Nothing earned yet.", "Aún no hay nada ganado."),
    "desk.person.held": ("{amount} set aside", "apartado: {amount}"),
    "desk.person.enrollments": ("Enrollments", "Inscripciones"),
    "desk.person.since": ("since {day}", "desde {day}"),
    "desk.person.until": ("{first} to {last}", "{first} a {last}"),
    "desk.person.close": ("End this enrollment", "Terminar esta inscripción"),
    "desk.person.close_on": ("Last day", "Último día"),
    "desk.person.reason": ("Why", "Por qué"),
    "desk.person.close_go": ("End it", "Terminar"),
    "desk.person.closed": ("Ended, and on record.", "Terminada y registrada."),
    "desk.person.visits": ("Visits on record", "Visitas registradas"),
    "desk.person.no_visits": ("Nothing is on record yet.", "Aún no hay nada registrado."),
    "desk.person.withdrawn": ("withdrawn", "retirada"),
    "desk.person.is_corrected": ("corrected", "corregida"),
    "desk.person.some_of": ("{shown} of {count}", "{shown} de {count}"),
    "desk.person.older_visits": ("Older visits", "Visitas anteriores"),
    "desk.person.newest_visits": ("Newest visits", "Visitas más recientes"),
    "desk.person.older_lines": ("Older lines", "Movimientos anteriores"),
    "desk.person.newest_lines": ("Newest lines", "Movimientos más recientes"),
    "desk.person.available_after": ("available then", "disponible entonces"),
    "desk.person.was": ("Recorded: {outcome}, by {who}, {at}.", "Se registró: {outcome}, por {who}, {at}."),
    "desk.person.was_entry_error": (
        "Withdrawn as a mistake of entry by {who}, {at}.",
        "Retirada por error de registro por {who}, {at}.",
    ),
    "desk.person.was_excuse": ("Excused by {who}, {at}.", "Justificada por {who}, {at}."),
    "desk.person.was_lab_overturn": (
        "Changed to {outcome} by {who}, {at}: the lab.",
        "Cambiada a {outcome} por {who}, {at}: el laboratorio.",
    ),
    "desk.person.was_taken_back": (
        "That correction was taken back by {who}, {at}.",
        "Esa corrección la deshizo {who}, {at}.",
    ),
    "desk.person.because": ("Why: {text}", "Por qué: {text}"),
    "desk.person.not_any_more": ("(taken back since)", "(ya se deshizo)"),
    "desk.person.take_back": ("Bring it back", "Recuperarla"),
    "desk.person.take_back_says": (
        "The visit counts again as it stood before. Both stay on record.",
        "La visita vuelve a contar como antes. Las dos cosas quedan registradas.",
    ),
    "desk.person.take_back_go": ("Bring the visit back", "Recuperar la visita"),
    "desk.person.correct": ("Correct", "Corregir"),
    "desk.person.kind": ("What is to be corrected", "Qué se corrige"),
    "desk.person.entry_error": (
        "It was entered in error: withdraw it",
        "Se registró por error: retirarla",
    ),
    "desk.person.excuse": ("It is excused", "Está justificada"),
    "desk.person.lab_overturn": ("The lab changed the result", "El laboratorio cambió el resultado"),
    "desk.person.outcome": ("The correct outcome", "El resultado correcto"),
    "desk.person.no_outcome": ("(only for the laboratory)", "(solo para el laboratorio)"),
    "desk.person.correct_go": ("Correct the record", "Corregir el registro"),
    "desk.person.corrected": (
        "Corrected. The visit stays on record and all amounts were worked out again.",
        "Corregido. La visita queda registrada y se calcularon de nuevo las cantidades.",
    ),
    "desk.person.statement": ("Account history", "Historial de la cuenta"),
    "desk.person.record": ("Record a visit", "Registrar una visita"),
    "desk.enroll.title": ("Enroll in a program", "Inscribir en un programa"),
    "desk.due": (
        "“{title}” is due: {count} successes are reached. Nothing changes until you move on.",
        "Toca «{title}»: ya hay {count} logros. Nada cambia hasta que hagas el paso.",
    ),
    "desk.due_open": ("Look at moving on", "Ver el paso"),
    "desk.enroll.move": ("Move on to another program", "Pasar a otro programa"),
    "desk.enroll.none": (
        "No enrollment yet. Enroll them in a program, then visits can be recorded.",
        "Sin inscripciones aún. Inscribe a esta persona en un programa para registrar sus visitas.",
    ),
    "desk.enroll.from": ("Now in {program}, since {day}.", "Ahora en {program}, desde {day}."),
    "desk.enroll.to": ("Program they go on to", "Programa al que pasa"),
    "desk.enroll.no_other": (
        "There is no other program to enroll in. A manager publishes one under Manage, Programs.",
        "No hay otro programa en el que inscribir. La gerencia lo publica en Administración, Programas.",
    ),
    "desk.enroll.on": ("Last day in the program now", "Último día en el programa actual"),
    "desk.enroll.starts_hint": (
        "Left empty: the day after the last one.",
        "Vacío: el día después del último.",
    ),
    "desk.enroll.funding_hint": ("Left empty: whoever pays now.", "Vacío: quien paga ahora."),
    "desk.enroll.keeps": (
        "They keep their balance, draws and rewards set aside. The new program starts at its first step.",
        "Conserva su saldo, sus boletos y lo apartado. El programa nuevo empieza en el primer paso.",
    ),
    "desk.enroll.go": ("Enroll", "Inscribir"),
    "desk.enroll.move_go": ("Move on", "Pasar"),
    "desk.person.enrolled": (
        "Enrolled. Their visits can be recorded now.",
        "Persona inscrita. Ya se pueden registrar sus visitas.",
    ),
    "desk.person.moved": (
        "Moved on. Both enrollments are below; everything earned stays.",
        "Pasó al otro programa. Abajo están las dos inscripciones; lo ganado se conserva.",
    ),
    "desk.new": ("New person", "Persona nueva"),
}
