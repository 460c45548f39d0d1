"""Why nothing was done for a participant: details, enrollments, consents, and moves between programs."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.participant": Sentence(
        "There is no such participant.",
        "No existe esa persona aquí. Búscala de nuevo.",
    ),
    "unknown_participant": Sentence(
        "There is no such participant.",
        "No existe esa persona aquí. Búscala de nuevo.",
    ),
    "precondition_failed.participant": changed_meanwhile(
        "The participant was changed meanwhile; read it again and change that."
    ),
    "reference_conflict.other_details": Sentence(
        "This reference belongs to a participant with other details; change that one, or use another.",
        "Otra persona ya tiene este número. Búscala antes de agregar una nueva.",
        page="Someone with other details already has this number. Search for it before you add a new person.",
    ),
    "reference_conflict.other_participant": Sentence(
        "This reference belongs to another participant; use one of its own.",
        "Esta referencia ya es de otra persona. Usa una propia.",
    ),
    "reference_conflict.number_of_another": Sentence(
        "This number belongs to another participant, now or formerly; a number is one person's. If it was "
        "written down in error there, withdraw it first.",
        "Este número es o fue de otra persona, y un número es de una sola. Si se anotó allí por error, "
        "retíralo primero.",
    ),
    "not_found.identifier": Sentence(
        "The participant has no such identifier.",
        "Esta persona no tiene ese número. Mira sus números.",
    ),
    "invalid.identifiers_too_many": Sentence(
        "A participant has at most {most} identifiers; withdraw what was written down in error.",
        "Una persona tiene como máximo {most} números. Retira los que se anotaron por error.",
    ),
    "invalid.reference_is_changed": Sentence(
        "A participant has one reference in use: change the participant's reference, which ends the former "
        "one. A former one has its last day in `to`.",
        "Una persona tiene en uso un solo número de aquí. Para cambiarlo, cambia sus datos; el anterior "
        "sigue sirviendo para encontrarla.",
        page="Somebody has one number of the clinic's own in use. To change it, change their details; the "
        "former one goes on finding them.",
    ),
    "invalid.identifier_ends_early": Sentence(
        "The number is used since {day}; its last day cannot be earlier.",
        "El número se usa desde el {day}. Su último día no puede ser anterior.",
    ),
    "invalid.status_alone": Sentence(
        "Say the status that the day, the reason and what becomes of what they have go with.",
        "Falta decir qué cambia para la persona. Elige si se fue, se mudó, falleció o está en atención.",
    ),
    "forbidden.status": Sentence(
        "A clinician or a manager says whether somebody is in care.",
        "Solo personal clínico o de gestión puede decir si una persona está en atención. Pídeselo.",
    ),
    "invalid.gone_in_future": Sentence(
        "Today is {day}; nobody is gone since a later day.",
        "Hoy es {day}. Elige ese día o uno anterior.",
    ),
    "invalid.person_gone": Sentence(
        "The participant is not in care since {day}; make them active again before they are enrolled.",
        "Esta persona no está en atención desde el {day}. Cambia eso antes de inscribirla.",
    ),
    "invalid.no_code_for_gone": Sentence(
        "The participant is not in care any more, and gets no code.",
        "Esta persona ya no está en atención y no recibe código. Si vuelve, cambia eso primero.",
    ),
    "not_found.enrollment": Sentence(
        "There is no such enrollment.",
        "No existe esa inscripción. Mira las inscripciones de la persona.",
    ),
    "unknown_enrollment": Sentence(
        "There is no such enrollment.",
        "No existe esa inscripción. Mira las inscripciones de la persona.",
    ),
    "unknown_enrollment.of_participant": Sentence(
        "The participant has no such enrollment.",
        "Esta persona no tiene esa inscripción. Mira sus inscripciones.",
    ),
    "unknown_enrollment.other_program": Sentence(
        "The enrollment is in {program}.",
        "Esa inscripción es del programa {program}. Elige ese programa u otra inscripción.",
    ),
    "unknown_program": Sentence(
        "There is no such program.",
        "No existe ese programa. Elige uno de la lista.",
    ),
    "unknown_program.version": Sentence(
        "There is no such program, or not in this version.",
        "No existe ese programa o no tiene esa versión. Elige uno de la lista.",
    ),
    "unknown_program.later_version": Sentence(
        "{program} has no version {version}; publish it first.",
        "El programa {program} no tiene la versión {version}. Publícala primero.",
    ),
    "invalid.starts_too_far_ahead": Sentence(
        "An enrollment starts at most {days} days ahead; look at the year of starts_on.",
        "Una inscripción empieza como máximo dentro de {days} días. Revisa el año del primer día.",
        page="An enrollment starts at most {days} days ahead. Look at the year of the first day.",
    ),
    "invalid.ends_out_of_range": Sentence(
        "An enrollment ends on its start day or later, and lasts at most {days} days.",
        "Una inscripción termina el día en que empieza o después, y dura como máximo {days} días. Corrige el "
        "día.",
    ),
    "already_enrolled": Sentence(
        "The participant has an open enrollment in this program; close that one first.",
        "Esta persona ya está en este programa. Cierra primero esa inscripción.",
    ),
    "enrollment_closed": Sentence(
        "This enrollment was closed already, with {day} as its last day.",
        "Esta inscripción ya se cerró; su último día es el {day}. Vuelve a cargar la página.",
    ),
    "invalid.closed_before_start": Sentence(
        "The enrollment starts on {day}; its last day cannot be earlier.",
        "La inscripción empieza el {day}. Su último día no puede ser anterior.",
    ),
    "invalid.closed_after_end": Sentence(
        "The enrollment ends on {day}; close it on that day or earlier.",
        "La inscripción termina el {day}. Ciérrala ese día o antes.",
    ),
    "invalid.closed_too_far_ahead": Sentence(
        "The last day lies at most {days} days ahead; look at its year.",
        "El último día está como máximo a {days} días de hoy. Revisa su año.",
    ),
    "outside_enrollment.event_after_close": Sentence(
        "An event is recorded on {day}; close the enrollment on that day or later, or first withdraw what "
        "was "
        "recorded after {last_day} in error (a correction, entry_error).",
        "Hay un registro del {day}. Cierra la inscripción ese día o después, o retira primero lo que se "
        "registró por error después del {last_day}.",
        page="There is a record of {day}. Close the enrollment on that day or later, or first withdraw what "
        "was "
        "recorded by mistake after {last_day}.",
    ),
    "invalid.older_version": Sentence(
        "The enrollment is in version {version}; it moves to a newer one only.",
        "La inscripción está en la versión {version}. Solo puede pasar a una más nueva.",
    ),
    "unknown_target.not_in_version": Sentence(
        "Visits are recorded on {target}, which that version does not have.",
        "Hay visitas registradas de {target}, y esa versión no lo tiene. Elige otra versión.",
    ),
    "invalid.quantity_not_in_version": Sentence(
        "{target} has events with a quantity, and that version does not count the same.",
        "{target} tiene registros con una cantidad, y esa versión no cuenta lo mismo. Elige otra versión.",
    ),
    "outcome_not_allowed.not_in_version": Sentence(
        "{target} has events recorded as {outcome}, which that version does not know.",
        "{target} tiene registros con el resultado {outcome}, y esa versión no lo conoce. Elige otra "
        "versión.",
    ),
    "invalid.next_start": Sentence(
        "The last day is {day}; the next enrollment starts after it.",
        "El último día es el {day}. La siguiente inscripción empieza después.",
    ),
    "not_found.consent": Sentence(
        "There is no such consent.",
        "No existe ese consentimiento. Elige uno de la lista.",
    ),
    "unknown_subscriber": Sentence(
        "There is no such subscriber.",
        "No existe ese suscriptor. Elige uno de la lista.",
    ),
    "invalid.consent_past": Sentence(
        "Today is {day}; the last day of a consent cannot be earlier.",
        "El último día debe ser hoy o después. Corrígelo.",
        page="The last day must be today or later.",
    ),
    "invalid.consent_to_nobody": Sentence(
        "Say who may be told: a subscriber, or a recipient by name or as a class.",
        "Falta decir a quién se puede informar. Elige un suscriptor o escribe a quién.",
        page="Say who may be told: choose a subscriber, or write who it is.",
    ),
    "invalid.consent_class_unnamed": Sentence(
        "Say which class of recipients is meant.",
        "Falta decir qué grupo puede recibir la información. Escríbelo.",
    ),
    "invalid.consent_without_kind": Sentence(
        "`{field}` belongs to the whole form; say its `kind`, specific or tpo.",
        "Falta el tipo de consentimiento. Elige uno.",
        page="The kind of the consent is missing. Choose one.",
    ),
    "invalid.consent_of_nothing": Sentence(
        "Say how much may be told, and of what kind.",
        "Falta decir cuánto se puede informar y de qué tipo. Escríbelo.",
    ),
    "invalid.consent_without_end": Sentence(
        "A specific consent ends on a day (`expires_on`) or with an event (`ends_when`); only one for "
        "treatment, payment and operations may go without.",
        "Este tipo de consentimiento necesita un final. Pon el último día o di con qué termina.",
        page="A consent of this kind needs an end. Give its last day, or say what ends it.",
    ),
    "invalid.consent_unsigned": Sentence(
        "A consent is signed: say who signed it, how and when.",
        "Falta la firma. Escribe quién firmó, cómo y qué día.",
    ),
    "invalid.signed_in_future": Sentence(
        "Today is {day}; nobody has signed on a later day.",
        "Hoy es {day}. Pon el día en que se firmó.",
    ),
    "invalid.signature_drawn": Sentence(
        "A drawn signature comes with its picture, a PNG or a JPEG in Base64; others come without one.",
        "Falta la imagen de la firma, en PNG o JPEG. Elige un archivo, u otra forma de firmar.",
        page="A drawn signature needs its picture, a PNG or a JPEG. Choose a file, or sign otherwise.",
    ),
    "not_found.restriction": Sentence(
        "There is no such restriction.",
        "No existe esa restricción. Elige una de la lista.",
    ),
    "invalid.restriction_for_nobody": Sentence(
        "Say who is to be told nothing: a subscriber, or a recipient.",
        "Falta decir a quién no se debe informar. Elige un suscriptor o escribe a quién.",
        page="Say who is to be told nothing: choose a subscriber, or write who it is.",
    ),
    "already_settled.restriction": Sentence(
        "This request was agreed to or declined before.",
        "Esta petición ya se aceptó o se rechazó. Vuelve a cargar la página.",
    ),
    "already_settled.restriction_not_agreed": Sentence(
        "This restriction is not in force, so there is nothing to end.",
        "Esta restricción no está vigente, así que no hay nada que terminar. Vuelve a cargar la página.",
    ),
    "not_found.emergency": Sentence(
        "There is no such look in an emergency.",
        "No existe esa consulta de emergencia. Elige una de la lista.",
    ),
    "same_person.review_emergency": Sentence(
        "Whoever opened a record does not look that over; ask another manager.",
        "Quien abrió el registro no lo revisa. Pide a otra persona de la gerencia que lo revise.",
    ),
    "already_settled.emergency": Sentence(
        "This look was looked over before.",
        "Esta consulta ya se revisó. No hay nada más que hacer.",
    ),
    "forbidden.whole_record": Sentence(
        "A whole record is taken along by the person or a manager; in an emergency, open it with a reason "
        "first.",
        "El registro entero lo toman la persona o la gerencia. En una emergencia, ábrelo antes con motivo.",
    ),
    "invalid.erased_early": Sentence(
        "The record is kept until {day} (RETENTION_DAYS); propose it then.",
        "El registro se guarda hasta el {day}. Propón borrarlo entonces.",
        page="The record is kept until {day}. Propose it then.",
    ),
    "not_found.erasure": Sentence(
        "There is no such erasure.",
        "No existe esa propuesta de borrar. Elige una de la lista.",
    ),
    "same_person.approve_erasure": Sentence(
        "Whoever proposes an erasure does not settle it; ask another manager to approve it.",
        "No puedes aprobar tu propia propuesta. Pide a otra persona de la gerencia que la apruebe.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_erasure": Sentence(
        "Whoever proposes an erasure does not settle it; ask another manager to refuse it.",
        "No puedes rechazar tu propia propuesta. Pide a otra persona de la gerencia que la rechace.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "already_settled.erasure_approved": Sentence(
        "This erasure is done already; nothing more is to be done.",
        "Esto ya se borró. No hay nada más que hacer.",
    ),
    "already_settled.erasure_refused": Sentence(
        "This erasure is already refused; nothing more is to be done.",
        "Esta propuesta ya se rechazó. No hay nada más que hacer.",
    ),
    "already_settled.erasure_approved_propose_anew": Sentence(
        "This erasure is done already, and cannot be undone.",
        "Esto ya se borró. No se puede deshacer.",
    ),
    "already_settled.erasure_refused_propose_anew": Sentence(
        "This erasure is already refused; propose a new one instead.",
        "Esta propuesta ya se rechazó. Propón una nueva.",
    ),
    "consent_revoked": Sentence(
        "The consent was revoked before.",
        "Este consentimiento ya se revocó. Registra uno nuevo si la persona está de acuerdo.",
    ),
}
