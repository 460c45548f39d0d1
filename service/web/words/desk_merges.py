"""Texts of the desk's pages that merge two charts and take them apart."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk.merge.title": ("Merge two charts", "Unir dos expedientes"),
    "desk.merge.find_says": (
        "Find the other chart of this person. You see what would happen before anything is changed.",
        "Busca el otro expediente de esta persona. Verás qué pasaría antes de que algo cambie.",
    ),
    "desk.merge.other": ("The other chart", "El otro expediente"),
    "desk.merge.other_hint": ("A name, a number or a code.", "Un nombre, un número o un código."),
    "desk.merge.find": ("Find", "Buscar"),
    "desk.merge.found": ("Found", "Encontrados"),
    "desk.merge.nobody": (
        "No other chart is found by that. Try the whole name or the number.",
        "No se encuentra otro expediente así. Prueba con el nombre completo o el número.",
    ),
    "desk.merge.near": ("Perhaps the same person", "Quizás la misma persona"),
    "desk.merge.none_near": (
        "No other chart has a number, or a name and phone, like these.",
        "Ningún otro expediente tiene un número, o un nombre y teléfono, como estos.",
    ),
    "desk.merge.look": ("See what would happen", "Ver qué pasaría"),
    "desk.merge.another": ("Choose another chart", "Elegir otro expediente"),
    "desk.merge.says": (
        "This is a preview by the very rules of the merge. Nothing has been changed yet.",
        "Es una vista previa con las mismas reglas de la unión. Todavía no ha cambiado nada.",
    ),
    "desk.merge.refused": ("This cannot be done yet.", "Esto todavía no se puede hacer."),
    "desk.merge.goes_on": ("This chart goes on", "Este expediente sigue"),
    "desk.merge.ends": ("This chart becomes part of it", "Este expediente pasa a ser parte del otro"),
    "desk.merge.was_gone": (
        "What this chart gave back stays with the clinic, unless you say first that they are in care again.",
        "Lo que este expediente devolvió se queda en la clínica, salvo que antes vuelva a estar en atención.",
    ),
    "desk.merge.stays_gone": (
        "After the merge they are not in care here, as this chart says.",
        "Después de la unión no está en atención aquí, como dice este expediente.",
    ),
    "desk.merge.swap": ("Keep the other one instead", "Conservar el otro"),
    "desk.merge.no_value": ("Nothing earned so far.", "Nada ganado todavía."),
    "desk.merge.held": ("{amount} set aside", "{amount} apartados"),
    "desk.merge.given": ("{amount} used", "{amount} usados"),
    "desk.merge.twice": ("{count} visits are on both charts", "{count} visitas están en los dos expedientes"),
    "desk.merge.twice:1": ("1 visit is on both charts", "1 visita está en los dos expedientes"),
    "desk.merge.twice_says": (
        "One visit is paid once. What does not stand is withdrawn, and its pay taken back where it is left.",
        "Una visita se paga una vez. Lo que no queda se retira, y su pago se recupera si todavía lo tiene.",
    ),
    "desk.merge.undecided": ("Please choose", "Elige"),
    "desk.merge.stands.survivor": (
        "The one on the chart that goes on stands",
        "Queda el del expediente que sigue",
    ),
    "desk.merge.stands.ended": ("The one on the other chart stands", "Queda el del otro expediente"),
    "desk.merge.stands.both": (
        "Both stand: they were two visits",
        "Quedan los dos: fueron dos visitas",
    ),
    "desk.merge.recorded": ("recorded by {who} ({at})", "la registró {who} ({at})"),
    "desk.merge.somebody": ("somebody without a name", "alguien sin nombre"),
    "desk.merge.open_twice": ("Enrolled on both charts", "Inscripción en los dos expedientes"),
    "desk.merge.open_says": (
        "One person has one open enrollment in a program. Its visits stay on record.",
        "Una persona tiene una sola inscripción abierta en un programa. Sus visitas quedan registradas.",
    ),
    "desk.merge.stays.survivor": (
        "The one on the chart that goes on stays open; the other ends on {day}",
        "Sigue abierta la del expediente que sigue; la otra termina el {day}",
    ),
    "desk.merge.stays.ended": (
        "The one on the other chart stays open; this one ends on {day}",
        "Sigue abierta la del otro expediente; esta termina el {day}",
    ),
    "desk.merge.moves": ("What moves", "Qué pasa al otro expediente"),
    "desk.merge.events": ("{count} visits on record", "{count} visitas registradas"),
    "desk.merge.events:1": ("1 visit on record", "1 visita registrada"),
    "desk.merge.redemptions": (
        "{count} rewards that wait to be handed over",
        "{count} premios que esperan su entrega",
    ),
    "desk.merge.redemptions:1": (
        "1 reward that waits to be handed over",
        "1 premio que espera su entrega",
    ),
    "desk.merge.numbers": (
        "Its numbers, which find this person from now on",
        "Sus números, que desde ahora encuentran a esta persona",
    ),
    "desk.merge.after": ("What they have afterwards", "Lo que tiene después"),
    "desk.merge.again": ("See again with these choices", "Ver otra vez con esto"),
    "desk.merge.reason": ("Why they are one person", "Por qué son la misma persona"),
    "desk.merge.undoable": (
        "If it was a mistake, somebody else can take the charts apart again.",
        "Si fue un error, otra persona puede volver a separar los expedientes.",
    ),
    "desk.merge.go": ("Merge the charts", "Unir los expedientes"),
    "desk.merges.title": ("Merged charts", "Expedientes unidos"),
    "desk.merges.none": ("No chart was ever merged with this one.", "Nunca se unió otro expediente a este."),
    "desk.merges.one": ("{ended} became part of {survivor}", "{ended} pasó a ser parte de {survivor}"),
    "desk.merges.undone": ("Taken apart", "Separados"),
    "desk.merges.by": ("Merged by {who} ({at})", "Los unió {who} ({at})"),
    "desk.merges.undone_by": ("Taken apart by {who} ({at})", "Los separó {who} ({at})"),
    "desk.merges.undo": ("Take apart", "Separar"),
    "desk.merges.done": ("The charts are two again.", "Los expedientes vuelven a ser dos."),
    "desk.merges.note": (
        "The chart {code} ({reference}) became part of this one.",
        "El expediente {code} ({reference}) pasó a ser parte de este.",
    ),
    "desk.merges.asked": (
        "You asked for the chart {code} ({reference}): it is part of this one now.",
        "Buscaste el expediente {code} ({reference}): ahora es parte de este.",
    ),
    "desk.merges.see": ("See merges", "Ver uniones"),
    "desk.person.merged": ("The charts are one now.", "Los expedientes ya son uno."),
    "desk.details.two": ("Two charts for one person?", "¿Dos expedientes de una persona?"),
    "desk.details.two_says": (
        "Merge them: visits, numbers and what they have come together, and nothing is paid twice.",
        "Únelos: las visitas, los números y lo que tiene se juntan, y nada se paga dos veces.",
    ),
    "desk.details.whose": ("See whose number it is", "Ver de quién es el número"),
    "desk.unmerge.title": ("Take charts apart", "Separar expedientes"),
    "desk.unmerge.says": (
        "Each chart takes back what is its own. This is a preview; nothing has been changed yet.",
        "Cada expediente recupera lo suyo. Es una vista previa; todavía no ha cambiado nada.",
    ),
    "desk.unmerge.refused": ("This cannot be done.", "Esto no se puede hacer."),
    "desk.unmerge.back": ("What goes back to {who}", "Qué vuelve a {who}"),
    "desk.unmerge.lacking": (
        "{amount} cannot go back: it was spent meanwhile.",
        "{amount} no pueden volver: se gastaron entretanto.",
    ),
    "desk.unmerge.stays": ("What stays with {who}", "Qué se queda con {who}"),
    "desk.unmerge.reason": ("Why they are two people", "Por qué son dos personas"),
    "desk.unmerge.go": ("Take the charts apart", "Separar los expedientes"),
}
