"""Texts of the page of records, and of opening one in an emergency."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.rec.lead": (
        "Whole records: what was opened in an emergency, taking one along, and erasing who somebody is.",
        "Registros enteros: lo que se abrió en una emergencia, llevarse uno y borrar quién es alguien.",
    ),
    "manage.rec.looks": ("Opened in an emergency", "Abiertos en una emergencia"),
    "manage.rec.no_looks": ("No record was opened so.", "No se abrió ningún registro así."),
    "manage.rec.told": ("Told: {recipient}", "Se informó a: {recipient}"),
    "manage.rec.reviewed": ("Looked over", "Revisado"),
    "manage.rec.to_review": ("To be looked over", "Por revisar"),
    "manage.rec.review": ("I have looked this over", "Lo he revisado"),
    "manage.rec.one": ("One person's record", "El registro de una persona"),
    "manage.rec.of": ("Record of {code}", "Registro de {code}"),
    "manage.rec.words": ("Take along in words", "Llevar en palabras"),
    "manage.rec.lines": ("Take along line by line (NDJSON)", "Llevar línea por línea (NDJSON)"),
    "manage.rec.erase": ("Erase who they are", "Borrar quién es"),
    "manage.rec.erase_why": (
        (
            "Names, numbers, contacts, notes and reasons go for good, once another manager approves. Days, "
            "results and amounts stay, so the books are still provable."
        ),
        (
            "Nombres, números, contactos, notas y motivos se borran para siempre cuando otra persona de la "
            "gerencia lo aprueba. Los días, resultados y cantidades quedan: los libros se pueden comprobar."
        ),
    ),
    "manage.rec.goes": ("This is what goes, and how many of each:", "Esto es lo que se borra, y cuántos:"),
    "manage.rec.place.participants": ("Name, contacts, reference", "Nombre, contactos, referencia"),
    "manage.rec.place.identifiers": ("Numbers", "Números"),
    "manage.rec.place.enrollments": ("Reasons of ended enrollments", "Motivos de inscripciones terminadas"),
    "manage.rec.place.events": (
        "Notes, evidence and references of visits",
        "Notas, pruebas y referencias de visitas",
    ),
    "manage.rec.place.event_additions": (
        "What was written about visits later",
        "Lo escrito después sobre visitas",
    ),
    "manage.rec.place.corrections": ("Reasons of corrections", "Motivos de correcciones"),
    "manage.rec.place.enrollment_moves": ("Reasons of moves", "Motivos de cambios"),
    "manage.rec.place.manual_awards": ("Reasons of awards by hand", "Motivos de premios a mano"),
    "manage.rec.place.openings": ("Reasons of openings", "Motivos de saldos traídos"),
    "manage.rec.place.departures": ("Reasons of departures", "Motivos de salidas"),
    "manage.rec.place.redemption_changes": (
        "Reasons of replaced rewards",
        "Motivos de recompensas cambiadas",
    ),
    "manage.rec.place.inbound_messages": ("Messages of other systems", "Mensajes de otros sistemas"),
    "manage.rec.place.merges": ("Reasons of merged charts", "Motivos de registros unidos"),
    "manage.rec.place.unmerges": ("Reasons of charts taken apart", "Motivos de registros separados"),
    "manage.rec.place.consents": ("Words of consents and signatures", "Palabras de consentimientos y firmas"),
    "manage.rec.place.releases": ("Words about what was handed out", "Palabras sobre lo entregado"),
    "manage.rec.place.restrictions": ("Words of restrictions", "Palabras de restricciones"),
    "manage.rec.place.emergencies": ("Words about emergencies", "Palabras sobre emergencias"),
    "manage.rec.place.sessions": ("Sign-ins", "Entradas"),
    "manage.rec.place.pins": ("PIN", "PIN"),
    "manage.rec.place.passkeys": ("Passkeys", "Llaves de acceso"),
    "manage.rec.place.sign_in_codes": ("Sign-in codes", "Códigos de entrada"),
    "manage.rec.reason": ("Why", "Por qué"),
    "manage.rec.propose": ("Propose to erase this", "Proponer borrar esto"),
    "manage.rec.erasures": ("Erasures", "Propuestas de borrar"),
    "manage.rec.no_erasures": ("Nothing was proposed.", "No se propuso nada."),
    "manage.rec.another": ("Another manager approves or refuses it.", "Otra persona de la gerencia decide."),
    "manage.rec.approve": ("Erase it for good", "Borrarlo para siempre"),
    "manage.rec.refuse": ("Refuse", "Rechazar"),
    "manage.rec.refusal": ("Why not (optional)", "Por qué no (opcional)"),
    "manage.rec.status.proposed": ("Waits", "Espera"),
    "manage.rec.status.approved": ("Erased", "Borrado"),
    "manage.rec.status.refused": ("Refused", "Rechazado"),
    "manage.rec.done.proposed": (
        "Proposed. Another manager approves or refuses it.",
        "Propuesto. Otra persona de la gerencia decide.",
    ),
    "manage.rec.done.approved": ("Erased for good.", "Borrado para siempre."),
    "manage.rec.done.refused": ("Refused; the record stays.", "Rechazado; el registro queda."),
    "manage.rec.done.reviewed": ("Looked over.", "Revisado."),
    "manage.rec.open_looks": (
        "{count} records were opened in an emergency and wait to be looked over.",
        "{count} registros se abrieron en una emergencia y esperan revisión.",
    ),
    "manage.rec.open_looks:1": (
        "A record was opened in an emergency and waits to be looked over.",
        "Un registro se abrió en una emergencia y espera revisión.",
    ),
    "desk.urgent.title": ("Medical emergency", "Emergencia médica"),
    "desk.urgent.why": (
        (
            "Only in a medical emergency, when the person cannot be asked. It is written down at once who "
            "looked, why and whom they told, and a manager looks it over."
        ),
        (
            "Solo en una emergencia médica, cuando no se puede preguntar a la persona. Queda anotado quién "
            "miró, por qué y a quién informó, y la gerencia lo revisa."
        ),
    ),
    "desk.urgent.reason": ("What the emergency is", "Cuál es la emergencia"),
    "desk.urgent.recipient": ("Whom you tell, and where they work", "A quién informas y dónde trabaja"),
    "desk.urgent.open": ("Open the whole record", "Abrir el registro entero"),
    "desk.urgent.is_open": (
        "EMERGENCY: you opened this record. It closes an hour after it was opened.",
        "EMERGENCIA: abriste este registro. Se cierra una hora después de abrirlo.",
    ),
}
