"""Texts of the pages of sources and their messages."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "manage.src.lead": (
        (
            "Other systems that send results here, such as a laboratory. Each message "
            "becomes a visit by itself. One that we cannot understand waits for you."
        ),
        (
            "Otros sistemas que envían resultados, como un laboratorio. Un mensaje se vuelve una "
            "visita por sí solo; si no se entiende, te espera a ti y no se pierde nada."
        ),
    ),
    "manage.src.all": ("Where messages come from", "De dónde vienen los mensajes"),
    "manage.src.none": (
        "Nothing sends messages here yet. Add the first source below.",
        "Todavía nada envía mensajes. Agrega la primera fuente abajo.",
    ),
    "manage.src.unnamed": ("A source without a name", "Una fuente sin nombre"),
    "manage.src.kind.standard_webhooks": ("Standard Webhooks or Svix", "Standard Webhooks o Svix"),
    "manage.src.kind.plain_hmac": (
        "A signature in a header (HMAC-SHA256)",
        "Una firma en una cabecera (HMAC-SHA256)",
    ),
    "manage.src.kind.bearer": ("A token (Bearer)", "Un token (Bearer)"),
    "manage.src.kind_why.standard_webhooks": (
        "The safest. Choose it if the other system offers it.",
        "Lo más seguro. Elígelo si el otro sistema lo ofrece.",
    ),
    "manage.src.kind_why.plain_hmac": (
        "As GitHub does it: the hash of the message under the secret.",
        "Como lo hace GitHub: la huella del mensaje con el secreto.",
    ),
    "manage.src.kind_why.bearer": (
        "The secret itself goes with each message. Only if it can do nothing else.",
        "El propio secreto va con cada mensaje. Solo si no puede otra cosa.",
    ),
    "manage.src.mapped": ("read by a mapping", "se lee con un mapa"),
    "manage.src.plain": ("sends our own form", "envía nuestro formato"),
    "manage.src.waits_n": ("{count} to look at", "{count} por revisar"),
    "manage.src.waits": ("To look at", "Por revisar"),
    "manage.src.nothing_waits": ("Nothing waits", "Nada pendiente"),
    "manage.src.add": ("Add a source", "Agregar una fuente"),
    "manage.src.add_do": ("Add and show its secret", "Agregar y mostrar su secreto"),
    "manage.src.name": ("Name", "Nombre"),
    "manage.src.name_hint": ("Such as: county laboratory", "Por ejemplo: laboratorio del condado"),
    "manage.src.how": ("How it shows that a message is from it", "Cómo demuestra que un mensaje es suyo"),
    "manage.src.choose_kind": ("Choose one.", "Elige uno."),
    "manage.src.header": ("Header of the signature", "Cabecera de la firma"),
    "manage.src.header_hint": (
        "Only for a signature in a header. Empty means x-hub-signature-256.",
        "Solo para una firma en una cabecera. Vacío significa x-hub-signature-256.",
    ),
    "manage.src.made": ("Added. Copy its secret now", "Agregada. Copia ahora su secreto"),
    "manage.src.secret_why": (
        "Enter it in the other system, with the address below. You can see it only now.",
        "Ponlo en el otro sistema, con la dirección de abajo. Solo se ve ahora.",
    ),
    "manage.src.rotated_why": (
        (
            "For 24 hours both are believed, so there is time to change it there. It is shown this "
            "once and never again."
        ),
        "Durante 24 horas valen los dos, así hay tiempo de cambiarlo allá. Se muestra esta única vez.",
    ),
    "manage.src.both_until": (
        "The secret before is believed until {at}.",
        "El secreto anterior vale hasta {at}.",
    ),
    "manage.src.address": ("Address for its messages", "Dirección para sus mensajes"),
    "manage.src.address_hint": (
        "It posts each message to this address of this server.",
        "Envía cada mensaje a esta dirección de este servidor.",
    ),
    "manage.src.done.saved": (
        "Saved. Try the waiting messages again to read them this way.",
        "Guardado. Los mensajes pendientes se leen así cuando los intentes de nuevo.",
    ),
    "manage.src.done.retried": (
        "They are tried again now. Load this page again in a few seconds.",
        "Se intentan de nuevo ahora. Carga esta página otra vez en unos segundos.",
    ),
    "manage.src.review": ("Messages to look at", "Mensajes por revisar"),
    "manage.src.review_none": (
        "Every message was understood, or none came yet.",
        "Todos los mensajes se entendieron, o todavía no llegó ninguno.",
    ),
    "manage.src.retry_all": ("Try all again", "Intentar todos de nuevo"),
    "manage.src.why": ("Not understood:", "No se entendió:"),
    "manage.src.mapping": ("How its messages are read", "Cómo se leen sus mensajes"),
    "manage.src.mapping_why": (
        (
            "Say where each thing is in a message, and what their words mean in ours. Try "
            "it on a sample before you save. Trying records nothing."
        ),
        (
            "Di dónde está cada cosa en un mensaje y qué significan sus palabras en las "
            "nuestras. Pruébalo antes de guardar; probar no registra nada."
        ),
    ),
    "manage.src.mapping_hint": (
        "As JSON. Leave it empty if they send our own form.",
        "Como JSON. Déjalo vacío si envían nuestro formato.",
    ),
    "manage.src.mapping_fault": (
        "This cannot be read as a mapping: {why}",
        "Esto no se puede leer como mapa: {why}",
    ),
    "manage.src.preset.oru": (
        "To begin with: a laboratory report in HL7 version 2 (ORU^R01)",
        "Para empezar: el informe de un laboratorio en HL7 versión 2 (ORU^R01)",
    ),
    "manage.src.preset.fhir": (
        "To begin with: reports and observations in FHIR R4",
        "Para empezar: informes y observaciones en FHIR R4",
    ),
    "manage.src.preset.mirth": (
        "To begin with: JSON from an integration engine",
        "Para empezar: JSON de un motor de integración",
    ),
    "manage.src.preset.siu": (
        "To begin with: a scheduler's appointments in HL7 version 2 (SIU)",
        "Para empezar: las citas de una agenda en HL7 versión 2 (SIU)",
    ),
    "manage.src.preset.appointment": (
        "To begin with: appointments in FHIR R4",
        "Para empezar: citas en FHIR R4",
    ),
    "manage.src.preset.adt": (
        "To begin with: who people are, in HL7 version 2 (ADT: made, renamed, merged)",
        "Para empezar: quiénes son las personas, en HL7 versión 2 (ADT: altas, cambios de nombre, uniones)",
    ),
    "manage.src.sample": ("A sample of a message", "Un mensaje de muestra"),
    "manage.src.sample_hint": (
        "Paste one as it comes: JSON, or HL7 where the mapping says so. It is not kept.",
        "Pega uno tal como llega: JSON, o HL7 si el mapa lo dice. No se guarda.",
    ),
    "manage.src.sample_fault": (
        "This is not JSON. Paste a whole message.",
        "Esto no es JSON. Pega un mensaje entero.",
    ),
    "manage.src.try": ("Try on the sample", "Probar con la muestra"),
    "manage.src.tried.final": ("It would be recorded as this", "Se registraría así"),
    "manage.src.tried.preliminary": (
        "It would be recorded as pending, until its result comes",
        "Se registraría como pendiente, hasta que llegue su resultado",
    ),
    "manage.src.tried.corrected": (
        "It would correct what is on record under its reference, or be recorded as this",
        "Corregiría lo registrado con su referencia, o se registraría así",
    ),
    "manage.src.tried.withdrawn": (
        "It would withdraw what is on record under this reference",
        "Retiraría lo registrado con esta referencia",
    ),
    "manage.src.tried.visit": ("They would be expected on this day", "Se les esperaría ese día"),
    "manage.src.tried.visit_canceled": (
        "The visit of this appointment would be called off, and not be missed",
        "La visita de esta cita quedaría cancelada, y no contaría como ausencia",
    ),
    "manage.src.tried.person": (
        "This would be noted of the person",
        "Esto se anotaría de la persona",
    ),
    "manage.src.tried.person_merged": (
        "The former numbers would lead to this person; two charts would be one",
        "Los números anteriores llevarían a esta persona; dos expedientes serían uno",
    ),
    "manage.src.day_alone": (
        "It names the day and no time, so noon stands for it, and the visit says so.",
        "Indica el día y no la hora, así que el mediodía está en su lugar, y la visita lo dice.",
    ),
    "manage.src.tried_ignored": (
        "It would be ignored, as the mapping says",
        "Se ignoraría, como dice el mapa",
    ),
    "manage.src.tried_review": ("It would wait for you to look at", "Quedaría pendiente para revisar"),
    "manage.src.delete": ("Delete this source", "Eliminar esta fuente"),
    "manage.src.delete_sure": (
        "Yes, take nothing more from it. What came stays on record.",
        "Sí, no aceptar nada más de ella. Lo que llegó queda registrado.",
    ),
    "manage.msg.back": ("Its source", "Su fuente"),
    "manage.msg.title": ("Message: {at}", "Mensaje: {at}"),
    "manage.msg.status.kept": ("Being read", "Leyéndose"),
    "manage.msg.status.recorded": ("Recorded", "Registrado"),
    "manage.msg.status.ignored": ("Ignored", "Ignorado"),
    "manage.msg.status.review": ("To look at", "Por revisar"),
    "manage.msg.status.discarded": ("Discarded", "Descartado"),
    "manage.msg.says.kept": ("It came in and is being read", "Llegó y se está leyendo"),
    "manage.msg.says.recorded": ("It was understood and done", "Se entendió y se hizo lo que dice"),
    "manage.msg.says.ignored": ("The mapping says that it is no visit", "El mapa dice que no es una visita"),
    "manage.msg.says.review": ("Why it could not be understood", "Por qué no se entendió"),
    "manage.msg.says.discarded": ("Somebody found that it is no visit", "Alguien vio que no es una visita"),
    "manage.msg.effect.recorded": ("A visit was recorded.", "Se registró una visita."),
    "manage.msg.effect.corrected": ("A visit was corrected.", "Se corrigió una visita."),
    "manage.msg.effect.withdrawn": ("A visit was withdrawn.", "Se retiró una visita."),
    "manage.msg.effect.known": ("It was on record already.", "Ya estaba registrado."),
    "manage.msg.effect.planned": ("A visit is expected.", "Se espera una visita."),
    "manage.msg.effect.canceled": ("A visit was called off.", "Se canceló una visita."),
    "manage.msg.effect.registered": ("Somebody was registered.", "Se registró a una persona."),
    "manage.msg.effect.changed": ("A person's details were changed.", "Cambiaron los datos de una persona."),
    "manage.msg.effect.merged": (
        "Two charts of one person were merged.",
        "Se unieron dos expedientes de una persona.",
    ),
    "manage.msg.tries": ("Tries so far: {count}", "Intentos hasta ahora: {count}"),
    "manage.msg.retry": ("Try again", "Intentar de nuevo"),
    "manage.msg.mend": ("Change the mapping", "Cambiar el mapa"),
    "manage.msg.body": ("What is in it", "Lo que contiene"),
    "manage.msg.again": ("Map it again", "Leerlo otra vez"),
    "manage.msg.merge": ("Look at both charts", "Ver los dos expedientes"),
    "manage.msg.masked": (
        "Names, births, addresses and free texts are left out.",
        "Se omiten nombres, nacimientos, direcciones y textos libres.",
    ),
    "manage.msg.unmasked": (
        "This cannot be read, so nothing of it is shown until you ask for it.",
        "Esto no se puede leer, así que no se muestra nada hasta que lo pidas.",
    ),
    "manage.msg.whole": ("Show all of it", "Mostrarlo entero"),
    "manage.msg.mask": ("Leave names out", "Omitir los nombres"),
    "manage.msg.correct": ("Correct it", "Corregirlo"),
    "manage.msg.correct_hint": (
        "Say what it should have said. It is recorded as yours, and this message stands as that visit.",
        "Indica lo que debía decir. Se registra como tuyo, y este mensaje queda como esa visita.",
    ),
    "manage.msg.field.participant_reference": ("Number of the person", "Número de la persona"),
    "manage.msg.field.target": ("Target", "Objetivo"),
    "manage.msg.field.outcome": ("Outcome", "Resultado"),
    "manage.msg.field.occurred_at": ("Day and time", "Día y hora"),
    "manage.msg.field.reference": ("Reference", "Referencia"),
    "manage.msg.reference_hint": (
        "Optional, such as the number of the specimen.",
        "Opcional, por ejemplo el número de la muestra.",
    ),
    "manage.msg.choose_time": ("Choose the day and time.", "Elige el día y la hora."),
    "manage.msg.fill": ("Fill this in.", "Completa esto."),
    "manage.msg.record": ("Record this visit", "Registrar esta visita"),
    "manage.msg.discard": ("Discard it", "Descartarlo"),
    "manage.msg.reason": ("Reason", "Motivo"),
    "manage.msg.reason_hint": ("It stays on record with this reason.", "Queda registrado con este motivo."),
}
