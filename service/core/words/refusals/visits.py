"""Why an event, a correction or a closure was not recorded."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "not_found.event": Sentence(
        "There is no such event.",
        "No existe ese registro. Vuelve y búscalo de nuevo.",
        page="There is no such record. Go back and look for it again.",
    ),
    "not_found.missed_visit": Sentence(
        "The visit is no longer missing.",
        "Esa visita ya no falta. Vuelve a cargar la página.",
    ),
    "reference_reserved": Sentence(
        "References that begin with `{prefix}` are those of visits that nobody came to, which the service "
        "records itself; choose another.",
        "Las referencias que empiezan con `{prefix}` son de visitas a las que nadie vino y las registra el "
        "servicio. Elige otra.",
    ),
    "reference_conflict.event": Sentence(
        "This reference is on record with other content, which `event` names; send `corrects: true` if this "
        "is its corrected report, correct that event, or use a new reference.",
        "Esta referencia ya está registrada con otro contenido. Usa una nueva o corrige ese registro.",
        page="This reference is on record with other content. Use a new one, or correct that record.",
    ),
    "reference_conflict.taken": Sentence(
        "Its reference names another event by now, which `event` names; withdraw that one first.",
        "Su referencia ya es de otro registro. Retira primero ese.",
        page="Its reference names another record by now. Withdraw that one first.",
    ),
    "already_recorded": Sentence(
        "{outcome} is on record for {day} at {time}; correct that event, or send this one with "
        "`another: true` if a second one is meant.",
        "El {day} ya se registró {outcome} a las {time}. Corrige ese registro, o indica que es otra visita.",
        page="{outcome} was recorded for {day} at {time}. Correct that record, or say that this is another "
        "visit.",
    ),
    "already_recorded.meanwhile": Sentence(
        "Another event of that day was recorded meanwhile, which `event` names; withdraw that one first.",
        "Mientras tanto se registró otra visita de ese día. Retira primero ese registro.",
        page="Another visit of that day was recorded meanwhile. Withdraw that record first.",
    ),
    "forbidden.corrects": Sentence(
        "Your role does not correct the record; leave `corrects` out, or ask a clinician.",
        "Tu función no corrige el registro. Pide al personal clínico que lo haga.",
        page="Your role does not correct the record. Ask a clinician.",
    ),
    "invalid.addition_of_nothing": Sentence(
        "Give a note, evidence, or both.",
        "Falta lo que se agrega. Escribe una nota, un comprobante o ambos.",
    ),
    "not_found.reference": Sentence(
        "No event has this reference.",
        "Ningún registro tiene esta referencia. Revísala.",
        page="No record has this reference. Check it.",
    ),
    "invalid.correction_of_nothing": Sentence(
        "Name what is corrected: either its `reference` or the id of the `event`.",
        "Falta qué se corrige. Indica su referencia o el registro.",
        page="Say what is corrected: by its reference, or from the list of records.",
    ),
    "event_in_future": Sentence(
        "occurred_at lies in the future; record an event once it has happened.",
        "Este día y hora todavía no pasaron. Corrígelos o registra la visita cuando haya ocurrido.",
        page="This day and time are in the future. Correct them, or record the visit when it has happened.",
    ),
    "outside_enrollment.before": Sentence(
        "The event's local day is {day}; the enrollment holds from {first_day}.",
        "El {day} es antes de su ingreso al programa, el {first_day}. Corrige el día.",
        page="{day} is before they joined the program on {first_day}. Correct the day.",
    ),
    "outside_enrollment.closed": Sentence(
        "The event's local day is {day}; the enrollment holds from {first_day} to {last_day}.",
        "El {day} está fuera de la inscripción, que va del {first_day} al {last_day}. Corrige el día.",
        page="{day} is outside the enrollment, which holds from {first_day} to {last_day}. Correct the day.",
    ),
    "recorded_too_late": Sentence(
        "The program takes visits up to {days} days back; ask a clinician to correct the record.",
        "El programa acepta visitas de hasta {days} días atrás. Pide al personal clínico que corrija el "
        "registro.",
    ),
    "invalid.quantity": Sentence(
        "`{text}` in {column} is no quantity; write a number such as 3.5.",
        "`{text}` en {column} no es una cantidad. Escribe un número, por ejemplo 3.5.",
    ),
    "invalid.quantity_unwanted": Sentence(
        "Target `{target}` counts no quantity; leave it out.",
        "Esto no cuenta cantidades. Déjala vacía.",
        page="This counts no quantity. Leave it out.",
    ),
    "invalid.quantity_fine": Sentence(
        "quantity has more than two decimals; round it as the clinic does, such as 3.25.",
        "La cantidad tiene más de dos decimales. Redondéala como hace la clínica, por ejemplo 3.25.",
        page="The quantity has more than two decimals. Round it as your clinic does, such as 3.25.",
    ),
    "outcome_not_allowed": Sentence(
        "{behavior} has no outcome {outcome!r}; it has {known}.",
        "{behavior} no tiene el resultado {outcome!r}. Elige uno de estos: {known}.",
    ),
    "invalid.event_about_nothing": Sentence(
        "Name an enrollment and target, or a participant and behavior.",
        "Indica una inscripción y un objetivo, o una persona y una conducta. Así se sabe de qué es el "
        "registro.",
    ),
    "unknown_target": Sentence(
        "The program has no such target; it has {known}.",
        "El programa no tiene ese objetivo. Elige uno de estos: {known}.",
    ),
    "unknown_target.unnamed": Sentence(
        "Name the target that the event is for.",
        "Falta el objetivo. Indica de cuál es el registro.",
        page="Say what this record is about: choose one of the list.",
    ),
    "ambiguous_enrollment": Sentence(
        "More than one target could be meant; name the enrollment and the target.",
        "Puede ser más de un objetivo. Indica la inscripción y el objetivo.",
    ),
    "not_enrolled": Sentence(
        "The participant has no open enrollment with such a target; enroll them, or name the enrollment.",
        "Esta persona no tiene una inscripción abierta para esto. Inscríbela o indica la inscripción.",
    ),
    "already_corrected.withdrawn": Sentence(
        "This event was withdrawn already; withdraw that correction to bring it back, or record it anew.",
        "Este registro ya se retiró. Retira esa corrección para recuperarlo o regístralo de nuevo.",
        page=(
            "This record was withdrawn already. Take that correction back to have it again, or "
            "record it anew."
        ),
    ),
    "already_corrected.correction": Sentence(
        "This correction was withdrawn already.",
        "Esta corrección ya se retiró. Vuelve a cargar la página para verlo.",
    ),
    "already_corrected.same_outcome": Sentence(
        "The event was corrected to {outcome} already.",
        "Este registro ya se corrigió a {outcome}. Vuelve a cargar la página para verlo.",
        page="This record was corrected to {outcome} already. Load the page again to see it.",
    ),
    "already_corrected.undone": Sentence(
        "This was undone or corrected already; nothing more was changed.",
        "Esto ya se deshizo o se corrigió. No se cambió nada más.",
    ),
    "invalid.correction_kind": Sentence(
        "A correction can only be withdrawn (entry_error); correct the event itself for anything else.",
        "Una corrección solo se puede retirar (entry_error). Para lo demás, corrige el registro mismo.",
        page="A correction can only be withdrawn. For anything else, correct the record itself.",
    ),
    "invalid.outcome_unwanted": Sentence(
        "Only a lab_overturn names an outcome; leave it out.",
        "Solo un cambio del laboratorio indica un resultado. Quítalo.",
        page="Only a change by the laboratory names an outcome. Leave it out.",
    ),
    "invalid.outcome_missing": Sentence(
        "A lab_overturn names the outcome that stands now.",
        "Un cambio del laboratorio indica el resultado correcto. Elígelo.",
        page="A change by the laboratory names the right outcome. Choose it.",
    ),
    "outcome_not_allowed.overturn": Sentence(
        "A lab_overturn puts one of these in place: {known}.",
        "Un cambio del laboratorio pone uno de estos resultados: {known}. Elige uno.",
        page="A change by the laboratory puts one of these in place: {known}.",
    ),
    "same_person.overturn": Sentence(
        "Whoever recorded a result does not overturn or withdraw it alone; ask a colleague to correct it.",
        "Quien registró un resultado no lo cambia ni lo retira por su cuenta. Pide a otra persona del equipo "
        "que lo corrija.",
    ),
    "same_person.excuse": Sentence(
        "Somebody else than recorded an event excuses it; ask a colleague.",
        (
            "En este programa justifica una visita quien no la registró. Pide a otra persona del equipo "
            "que lo haga."
        ),
        page="In this program, whoever recorded a visit does not excuse it. Ask a colleague.",
    ),
    "invalid.same_outcome": Sentence(
        "The event was recorded as {outcome}; there is nothing to change.",
        "Se registró como {outcome}. No hay nada que cambiar.",
        page="It was recorded as {outcome}. There is nothing to change.",
    ),
    "forbidden.undo_others": Sentence(
        "Only whoever recorded this can undo it; ask them, or a clinician to correct it.",
        "Solo puede deshacerlo quien lo registró. Pídeselo, o pide al personal clínico que lo corrija.",
    ),
    "forbidden.undo_late": Sentence(
        "It is too late to undo this; ask a clinician to correct the record.",
        "Ya es tarde para deshacer esto. Pide al personal clínico que corrija el registro.",
    ),
    "forbidden.undo_alone": Sentence(
        "Nobody takes back so much alone here; propose it on the person's page of rewards.",
        "Aquí nadie deshace tanto sin otra persona. Propónlo en las recompensas de la persona.",
    ),
    "outside_enrollment.stays_withdrawn": Sentence(
        "The enrollment ended on {day}, before this event's day; it stays withdrawn.",
        "La inscripción terminó el {day}, antes del día de este registro. Queda retirado.",
    ),
    "not_found.closure": Sentence(
        "There is no such closure.",
        "No existe ese cierre. Elige uno de la lista.",
    ),
    "invalid.closure_length": Sentence(
        "A closure ends on its first day or later, and lasts at most {days} days.",
        "Un cierre termina su primer día o después, y dura como máximo {days} días. Corrige el último día.",
    ),
    "invalid.closure_far": Sentence(
        "A closure begins within {days} days of today; look at its year.",
        "Un cierre empieza a menos de {days} días de hoy. Revisa su año.",
    ),
    "invalid.closure_of_many": Sentence(
        "More than {visits} missed visits lie on these days; enter the closure in parts.",
        "En esos días hay más de {visits} visitas a las que nadie vino. Anota el cierre por partes.",
    ),
    "closure_begun": Sentence(
        "The closure began on {day}; only one that lies ahead is taken back.",
        "El cierre empezó el {day}. Solo se puede quitar uno que aún no empieza.",
    ),
    "invalid.visits_of_many_days": Sentence(
        "At most {days} days are shown at once, from since to until; ask for fewer.",
        "Se muestran como máximo {days} días a la vez. Pide menos.",
        page="At most {days} days are shown at once. Ask for fewer.",
    ),
    "reference_conflict.appointment": Sentence(
        "This appointment is somebody else's on record; look at both people.",
        "Esta cita está registrada a nombre de otra persona. Revisa a las dos.",
    ),
    "not_found.planned_visit": Sentence(
        "No visit of this target is expected on {day}.",
        "No se espera ninguna visita de este tipo el {day}. Vuelve a cargar la página.",
        page="No such visit is expected on {day}. Load the page again.",
    ),
    "invalid.plan_of_nothing": Sentence(
        "Name the day that the visit is expected on (`due_on`), the day that it moves to (`day`), or both.",
        "Falta qué día se espera la visita o a qué día pasa. Indica uno de los dos.",
        page="Say on which day the visit is expected, to which day it moves, or both.",
    ),
    "invalid.visit_over": Sentence(
        "The visit of {day} is on record, or its time is over; correct or excuse what was recorded.",
        "La visita del {day} ya está registrada o su plazo terminó. Corrige o justifica lo registrado.",
    ),
    "invalid.visit_outside": Sentence(
        "{day} is outside the enrollment, which has visits from {first_day} to {last_day}.",
        "El {day} está fuera de la inscripción, que va del {first_day} al {last_day}. Elige otro día.",
    ),
    "invalid.visit_in_past": Sentence(
        "{day} is over; plan a visit for today or later.",
        "El {day} ya pasó. Elige hoy o un día posterior.",
    ),
    "invalid.visit_on_closed_day": Sentence(
        "The clinic is closed on {day}; choose another day.",
        "La clínica cierra el {day}. Elige otro día.",
    ),
    "invalid.visit_day_taken": Sentence(
        "A visit of this target is expected on {day} already; choose another day.",
        "El {day} ya se espera una visita de este tipo. Elige otro día.",
        page="Such a visit is expected on {day} already. Choose another day.",
    ),
}
