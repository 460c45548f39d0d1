"""Why a cap, a manual award, a proposal or a report was refused."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "not_found.cap": Sentence(
        "There is no such cap.",
        "No existe ese límite. Elige uno de la lista.",
    ),
    "invalid.cap_ends_first": Sentence(
        "The cap begins on {day}; its last day cannot be earlier.",
        "El último día debe ser igual o posterior al primero. Corrígelo.",
        page="The last day must be the first day or later.",
    ),
    "invalid.cap_ended_past": Sentence(
        "A cap ends today ({day}) or later; what it bound so far stays.",
        "Un límite termina hoy ({day}) o después. Lo que limitó hasta ahora queda.",
    ),
    "invalid.cap_ended_before_start": Sentence(
        "This cap begins on {day}; its last day cannot be earlier.",
        "Este límite empieza el {day}. Su último día debe ser ese o después.",
    ),
    "cap_ended": Sentence(
        "The last day of this cap was set before; set another cap instead.",
        "El último día de este límite ya está puesto. Pon otro límite.",
    ),
    "not_found.manual_award": Sentence(
        "There is no such manual award.",
        "No existe esa recompensa sin visita. Vuelve y búscala de nuevo.",
    ),
    "invalid.draws_without_enrollment": Sentence(
        "Draws are drawn from the bowl of an enrollment; name the enrollment that they are for.",
        "Los sorteos salen de la urna de una inscripción. Indica para cuál inscripción son.",
    ),
    "same_person.approve_manual_award": Sentence(
        "Whoever proposes a manual award does not settle it; ask another manager to approve it.",
        "No puedes aprobar tu propia propuesta. Pide a otra persona de la gerencia que la apruebe.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_manual_award": Sentence(
        "Whoever proposes a manual award does not settle it; ask another manager to refuse it.",
        "No puedes rechazar tu propia propuesta. Pide a otra persona de la gerencia que la rechace.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "same_person.approve_write_off": Sentence(
        "Whoever proposes a write-off does not settle it; ask another manager to approve it.",
        "No puedes aprobar tu propia propuesta. Pide a otra persona de la gerencia que la apruebe.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_write_off": Sentence(
        "Whoever proposes a write-off does not settle it; ask another manager to refuse it.",
        "No puedes rechazar tu propia propuesta. Pide a otra persona de la gerencia que la rechace.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "already_settled.manual_award_approved": Sentence(
        "This manual award is already approved; nothing more is to be done.",
        "Esta propuesta ya se aprobó. No hay nada más que hacer.",
    ),
    "already_settled.manual_award_refused": Sentence(
        "This manual award is already refused; nothing more is to be done.",
        "Esta propuesta ya se rechazó. No hay nada más que hacer.",
    ),
    "already_settled.manual_award_approved_propose_anew": Sentence(
        "This manual award is already approved; propose a new one instead.",
        "Esta propuesta ya se aprobó. Propón una nueva.",
    ),
    "already_settled.manual_award_refused_propose_anew": Sentence(
        "This manual award is already refused; propose a new one instead.",
        "Esta propuesta ya se rechazó. Propón una nueva.",
    ),
    "already_settled.write_off_approved": Sentence(
        "This write-off is already approved; nothing more is to be done.",
        "Esta baja ya se aprobó. No hay nada más que hacer.",
    ),
    "already_settled.write_off_refused": Sentence(
        "This write-off is already refused; nothing more is to be done.",
        "Esta baja ya se rechazó. No hay nada más que hacer.",
    ),
    "already_settled.write_off_approved_propose_anew": Sentence(
        "This write-off is already approved; propose a new one instead.",
        "Esta baja ya se aprobó. Propón una nueva.",
    ),
    "already_settled.write_off_refused_propose_anew": Sentence(
        "This write-off is already refused; propose a new one instead.",
        "Esta baja ya se rechazó. Propón una nueva.",
    ),
    "same_person.approve_redemption_change": Sentence(
        "Whoever proposes this change does not settle it; ask another manager to approve it.",
        "No puedes aprobar tu propia propuesta. Pide a otra persona de la gerencia que la apruebe.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_redemption_change": Sentence(
        "Whoever proposes this change does not settle it; ask another manager to refuse it.",
        "No puedes rechazar tu propia propuesta. Pide a otra persona de la gerencia que la rechace.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "already_settled.redemption_change_approved": Sentence(
        "This replacement or taking back is already approved; nothing more is to be done.",
        "Esta propuesta ya se aprobó. No hay nada más que hacer.",
    ),
    "already_settled.redemption_change_approved_propose_anew": Sentence(
        "This replacement or taking back is already approved; propose a new one instead.",
        "Esta propuesta ya se aprobó. Propón una nueva.",
    ),
    "already_settled.redemption_change_refused": Sentence(
        "This replacement or taking back is already refused; nothing more is to be done.",
        "Esta propuesta ya se rechazó. No hay nada más que hacer.",
    ),
    "already_settled.redemption_change_refused_propose_anew": Sentence(
        "This replacement or taking back is already refused; propose a new one instead.",
        "Esta propuesta ya se rechazó. Propón una nueva.",
    ),
    "invalid.report_days": Sentence(
        "A report is about 1 to {days} days; let its first day come before its last.",
        "Un informe es de 1 a {days} días. El primer día va antes que el último.",
    ),
}
