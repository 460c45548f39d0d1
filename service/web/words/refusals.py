"""Refusals as the pages say them, by their code: what is wrong, and what to do about it.

An English page says what the refusal itself says, which knows the case; these are for a Spanish one, and for
whoever has no more than the code.
"""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "refused.malformed": (
        "This could not be read. Load the page again and send it once more.",
        "No se pudo leer. Vuelve a cargar la página y envíalo otra vez.",
    ),
    "refused.invalid": (
        "Something here cannot be right. Look at what is marked and correct it.",
        "Algo aquí no puede ser así. Mira lo que está marcado y corrígelo.",
    ),
    "refused.unauthenticated": (
        "This does not open anything. Check what you typed, or ask the front desk.",
        "Esto no abre nada. Revisa lo que escribiste o pregunta en recepción.",
    ),
    "refused.forbidden": (
        "Your role does not do this. Ask a manager.",
        "Tu función no permite esto. Pregunta a un encargado.",
    ),
    "refused.not_found": (
        "There is nothing here any more. Go back and look for it again.",
        "Aquí ya no hay nada. Vuelve y búscalo de nuevo.",
    ),
    "refused.method_not_allowed": (
        "This page does not take that. Go back and use its buttons.",
        "Esta página no acepta eso. Vuelve y usa sus botones.",
    ),
    "refused.unsupported_media_type": (
        "This kind of file is not read here. Choose another.",
        "Aquí no se lee ese tipo de archivo. Elige otro.",
    ),
    "refused.not_acceptable": (
        "Your browser asks for a form that there is not. Load the page again.",
        "Tu navegador pide un formato que no existe. Vuelve a cargar la página.",
    ),
    "refused.too_large": (
        "This is too large. Send less at once.",
        "Es demasiado grande. Envía menos de una vez.",
    ),
    "refused.too_many_requests": (
        "There were many tries. Wait a few minutes and try again.",
        "Hubo muchos intentos. Espera unos minutos e intenta de nuevo.",
    ),
    "refused.idempotency_key_required": (
        "The form is incomplete. Load the page again and send it once more.",
        "El formulario está incompleto. Vuelve a cargar la página y envíalo otra vez.",
    ),
    "refused.idempotency_key_malformed": (
        "The form is not as it should be. Load the page again and send it once more.",
        "El formulario no está como debe. Vuelve a cargar la página y envíalo otra vez.",
    ),
    "refused.idempotency_conflict": (
        "This form was sent before with something else in it. Load the page again.",
        "Este formulario ya se envió con otra cosa. Vuelve a cargar la página.",
    ),
    "refused.idempotency_in_flight": (
        "This is being done already. Wait a moment; it is done once.",
        "Esto ya se está haciendo. Espera un momento; se hace una sola vez.",
    ),
    "refused.precondition_required": (
        "The page is too old for this change. Load it again.",
        "La página es muy vieja para este cambio. Vuelve a cargarla.",
    ),
    "refused.precondition_failed": (
        "Somebody changed this meanwhile. Load the page again and look before you change it.",
        "Alguien cambió esto mientras tanto. Vuelve a cargar la página y mira antes de cambiarlo.",
    ),
    "refused.not_enrolled": (
        "There is no open enrollment for this. Enroll first, or choose another day.",
        "No hay una inscripción abierta para esto. Inscribe primero o elige otro día.",
    ),
    "refused.ambiguous_enrollment": (
        "More than one enrollment fits. Choose which one is meant.",
        "Más de una inscripción corresponde. Elige cuál es.",
    ),
    "refused.already_enrolled": (
        "This person is in the program already. Close that enrollment first, or go on with it.",
        "Esta persona ya está en el programa. Cierra primero esa inscripción o sigue con ella.",
    ),
    "refused.enrollment_closed": (
        "This enrollment is closed. Open a new one.",
        "Esta inscripción está cerrada. Abre una nueva.",
    ),
    "refused.closure_begun": (
        "This closure has begun and stays. Enter another for other days.",
        "Este cierre ya empezó y queda. Anota otro para otros días.",
    ),
    "refused.unknown_participant": (
        "There is no such person here. Search again.",
        "No existe esa persona aquí. Busca de nuevo.",
    ),
    "refused.unknown_program": (
        "There is no such program. Choose one from the list.",
        "No existe ese programa. Elige uno de la lista.",
    ),
    "refused.unknown_target": (
        "The program does not reward this. Choose what it rewards.",
        "El programa no premia esto. Elige lo que sí premia.",
    ),
    "refused.unknown_reward": (
        "There is no such reward. Choose one from the shelf.",
        "No existe esa recompensa. Elige una del estante.",
    ),
    "refused.unknown_enrollment": (
        "There is no such enrollment. Look at the person's enrollments.",
        "No existe esa inscripción. Mira las inscripciones de la persona.",
    ),
    "refused.outcome_not_allowed": (
        "This outcome does not belong here. Choose one that is offered.",
        "Ese resultado no corresponde aquí. Elige uno de los que se ofrecen.",
    ),
    "refused.event_in_future": (
        "This has not happened yet. Correct the day or the time.",
        "Esto todavía no pasó. Corrige el día o la hora.",
    ),
    "refused.outside_enrollment": (
        "This day is not within the enrollment. Correct the day.",
        "Ese día está fuera de la inscripción. Corrige el día.",
    ),
    "refused.recorded_too_late": (
        "The program no longer takes records for this day. Ask a clinician about a correction.",
        "El programa ya no acepta registros de ese día. Consulta una corrección con un clínico.",
    ),
    "refused.reference_conflict": (
        "This reference or address is in use for something else. Choose another.",
        "Esa referencia o dirección ya se usa para otra cosa. Elige otra.",
    ),
    "refused.reference_reserved": (
        "This reference is kept for the service itself. Choose another.",
        "Esa referencia está reservada para el servicio. Elige otra.",
    ),
    "refused.already_corrected": (
        "This was corrected already. Load the page again to see how it stands.",
        "Esto ya se corrigió. Vuelve a cargar la página para ver cómo quedó.",
    ),
    "refused.insufficient_balance": (
        "There is not enough for this yet. Choose something smaller, or come back after the next visit.",
        "Todavía no alcanza. Elige algo más pequeño o vuelve después de la próxima visita.",
    ),
    "refused.out_of_stock": (
        "There is none left. Choose another reward, or ask the front desk.",
        "No queda ninguna. Elige otra recompensa o pregunta en recepción.",
    ),
    "refused.reward_not_offered": (
        "This reward is not on the shelf now. Choose another.",
        "Esta recompensa no está en el estante ahora. Elige otra.",
    ),
    "refused.category_not_allowed": (
        "Such things are not given as rewards. Choose another kind.",
        "Eso no se da como recompensa. Elige otro tipo.",
    ),
    "refused.codes_known": (
        "Some of these codes are there already. Take them out and add the others.",
        "Algunos de estos códigos ya están. Quítalos y agrega los demás.",
    ),
    "refused.already_settled": (
        "This was settled already. Load the page again to see how it stands.",
        "Esto ya se resolvió. Vuelve a cargar la página para ver cómo quedó.",
    ),
    "refused.same_person": (
        "You proposed this yourself; somebody else decides. Ask another manager.",
        "Lo propusiste tú; decide otra persona. Pide a otro encargado que lo haga.",
    ),
    "refused.cap_ended": (
        "This cap has ended. Set another.",
        "Este tope ya terminó. Pon otro.",
    ),
    "refused.program_faulty": (
        "The program cannot be published like this. Correct what is marked.",
        "El programa no se puede publicar así. Corrige lo que está marcado.",
    ),
    "refused.category_mismatch": (
        "The prize is of another category. Choose a reward of its own.",
        "El premio es de otra categoría. Elige una recompensa de la suya.",
    ),
    "refused.already_drawn": (
        "Names were drawn for this session already. Look at that draw.",
        "Ya se sortearon los nombres de esta sesión. Mira ese sorteo.",
    ),
    "refused.hat_empty": (
        "Nobody is recorded for this session yet. Record who came, then draw.",
        "Aún no hay nadie registrado en esta sesión. Registra quién vino y luego sortea.",
    ),
    "refused.unknown_subscriber": (
        "There is no such subscriber. Choose one from the list.",
        "No existe ese suscriptor. Elige uno de la lista.",
    ),
    "refused.url_not_allowed": (
        "Nothing is sent to this address. Give a public one that begins with https.",
        "No se envía nada a esa dirección. Da una pública que empiece con https.",
    ),
    "refused.subscriber_disabled": (
        "This subscriber is switched off. Switch it on first.",
        "Este suscriptor está apagado. Enciéndelo primero.",
    ),
    "refused.consent_revoked": (
        "This consent was revoked. Record a new one if the person agrees.",
        "Este consentimiento se revocó. Registra uno nuevo si la persona está de acuerdo.",
    ),
    "refused.too_many_streams": (
        "Many pages are open just now. Load the page again in a moment.",
        "Hay muchas páginas abiertas ahora. Vuelve a cargar la página en un momento.",
    ),
    "refused.unavailable": (
        "The database is busy or away. Wait a moment and try again. Nothing was lost.",
        "La base de datos no responde. Espera un momento e intenta de nuevo. No se perdió nada.",
    ),
    "refused.internal": (
        "Something unforeseen happened here. It was written down and nothing was changed.",
        "Pasó algo imprevisto. Quedó anotado y no se cambió nada.",
    ),
}
