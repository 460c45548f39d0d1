"""Why a cap, a manual award, a proposal or a report was refused."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

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
    "not_found.budget": Sentence(
        "There is no such budget.",
        "No existe ese presupuesto. Elige uno de la lista.",
    ),
    "invalid.budget_of_draws": Sentence(
        "A budget is counted in money or points; what draws win is counted in the unit of their prizes.",
        "Un presupuesto se cuenta en dinero o puntos. Lo que ganan los boletos se cuenta en la unidad de "
        "sus premios.",
    ),
    "invalid.budget_ends_first": Sentence(
        "The budget begins on {day}; its last day cannot be earlier.",
        "El último día debe ser igual o posterior al primero. Corrígelo.",
        page="The last day must be the first day or later.",
    ),
    "invalid.budgets_many": Sentence(
        "There are {most} budgets on that day, which is the most; end one first.",
        "Ese día hay {most} presupuestos, que es el máximo. Termina uno antes.",
    ),
    "precondition_failed.budget": changed_meanwhile(
        "Somebody else changed the budget since; read it again and repeat the change."
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
        "Los boletos salen del recipiente de una inscripción. Indica para cuál inscripción son.",
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
    "same_person.approve_opening": Sentence(
        "Whoever proposes an opening does not settle it; ask another manager to approve it.",
        "No puedes aprobar tu propia propuesta. Pide a otra persona de la gerencia que la apruebe.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_opening": Sentence(
        "Whoever proposes an opening does not settle it; ask another manager to refuse it.",
        "No puedes rechazar tu propia propuesta. Pide a otra persona de la gerencia que la rechace.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "same_person.withdraw_opening": Sentence(
        "Whoever proposed an opening does not withdraw it; ask another manager to withdraw it.",
        "No puedes retirar tu propia propuesta. Pide a otra persona de la gerencia que la retire.",
        page="You cannot withdraw your own proposal. Ask another manager to withdraw it.",
    ),
    "not_found.opening": Sentence(
        "There is no such opening.",
        "No existe ese saldo inicial. Vuelve y búscalo de nuevo.",
    ),
    "opening_stands": Sentence(
        "The participant has an opening in this unit, or one that waits; withdraw or refuse it first.",
        "Esta persona ya tiene un saldo inicial en esta unidad, o uno que espera. Primero hay que retirarlo "
        "o rechazarlo.",
    ),
    "invalid.opening_ahead": Sentence(
        "An opening is the state of a day up to today ({day}); give that day.",
        "Un saldo inicial es el de un día hasta hoy ({day}). Corrige el día.",
    ),
    "invalid.opening_empty": Sentence(
        "An opening brings something along; give what is available, what was paid before, or both.",
        "Un saldo inicial trae algo. Escribe lo disponible, lo pagado antes, o ambos.",
    ),
    "invalid.opening_part": Sentence(
        "What was paid in the year is a part of what was paid before; give that much or less.",
        "Lo pagado en el año es parte de lo pagado antes. Escribe eso o menos.",
    ),
    "invalid.opening_draws": Sentence(
        "Draws that were drawn elsewhere are no draws of this enrollment; leave paid_before out.",
        "Los boletos sacados en otro sistema no cuentan aquí. Deja vacío lo pagado antes.",
        page="Draws that were drawn elsewhere do not count here. Leave what was paid before empty.",
    ),
    "already_settled.opening_approved": Sentence(
        "This opening is already approved; nothing more is to be done.",
        "Esta propuesta ya se aprobó. No hay nada más que hacer.",
    ),
    "already_settled.opening_approved_propose_anew": Sentence(
        "This opening is already approved; propose a new one instead.",
        "Esta propuesta ya se aprobó. Propón una nueva.",
    ),
    "already_settled.opening_refused": Sentence(
        "This opening is already refused; nothing more is to be done.",
        "Esta propuesta ya se rechazó. No hay nada más que hacer.",
    ),
    "already_settled.opening_refused_propose_anew": Sentence(
        "This opening is already refused; propose a new one instead.",
        "Esta propuesta ya se rechazó. Propón una nueva.",
    ),
    "already_settled.opening_withdrawn": Sentence(
        "This opening was approved and withdrawn; propose a new one instead.",
        "Este saldo inicial se aprobó y se retiró. Propón uno nuevo.",
    ),
    "already_settled.opening_withdrawn_not_withdrawn": Sentence(
        "This opening is already withdrawn; nothing more is to be done.",
        "Este saldo inicial ya se retiró. No hay nada más que hacer.",
    ),
    "already_settled.opening_refused_not_withdrawn": Sentence(
        "This opening was refused, so there is nothing to withdraw.",
        "Este saldo inicial se rechazó. No hay nada que retirar.",
    ),
    "already_settled.opening_proposed_not_withdrawn": Sentence(
        "This opening is not approved yet; refuse it instead.",
        "Este saldo inicial aún no se aprobó. Recházalo.",
    ),
    "not_found.actor": Sentence(
        "There is no such member of staff, key or source.",
        "No existe esa persona, clave o fuente. Elige una de la lista.",
    ),
    "invalid.report_days": Sentence(
        "A report is about 1 to {days} days; let its first day come before its last.",
        "Un informe es de 1 a {days} días. El primer día va antes que el último.",
    ),
}
