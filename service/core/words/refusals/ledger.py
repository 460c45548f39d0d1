"""Why a cap, a manual award, a proposal or a report was refused."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.cap": Sentence("There is no such cap."),
    "invalid.cap_ends_first": Sentence(
        "The cap begins on {day}; its last day cannot be earlier.",
        page="The last day must be the first day or later.",
    ),
    "not_found.budget": Sentence("There is no such budget."),
    "invalid.budget_of_draws": Sentence(
        "A budget is counted in money or points; what draws win is counted in the unit of their prizes."
    ),
    "invalid.budget_ends_first": Sentence(
        "The budget begins on {day}; its last day cannot be earlier.",
        page="The last day must be the first day or later.",
    ),
    "invalid.budgets_many": Sentence(
        "There are {most} budgets on that day, which is the most; end one first."
    ),
    "precondition_failed.budget": changed_meanwhile(
        "Somebody else changed the budget since; read it again and repeat the change."
    ),
    "invalid.billing_result_alone": Sentence(
        "A result code goes with a procedure code; give one, or leave the result out."
    ),
    "invalid.billing_rules_many": Sentence("There are {most} billing rules, which is the most; set no more."),
    "outcome_not_allowed.billed": Sentence("The target has no outcome {outcome!r}; it has {known}."),
    "invalid.cap_ended_past": Sentence("A cap ends today ({day}) or later; what it bound so far stays."),
    "invalid.cap_ended_before_start": Sentence("This cap begins on {day}; its last day cannot be earlier."),
    "cap_ended": Sentence("The last day of this cap was set before; set another cap instead."),
    "not_found.manual_award": Sentence("There is no such manual award."),
    "invalid.draws_without_enrollment": Sentence(
        "Draws are drawn from the bowl of an enrollment; name the enrollment that they are for."
    ),
    "same_person.approve_manual_award": Sentence(
        "Whoever proposes a manual award does not settle it; ask another manager to approve it.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_manual_award": Sentence(
        "Whoever proposes a manual award does not settle it; ask another manager to refuse it.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "same_person.approve_write_off": Sentence(
        "Whoever proposes a write-off does not settle it; ask another manager to approve it.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_write_off": Sentence(
        "Whoever proposes a write-off does not settle it; ask another manager to refuse it.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "already_settled.manual_award_approved": Sentence(
        "This manual award is already approved; nothing more is to be done."
    ),
    "already_settled.manual_award_refused": Sentence(
        "This manual award is already refused; nothing more is to be done."
    ),
    "already_settled.manual_award_approved_propose_anew": Sentence(
        "This manual award is already approved; propose a new one instead."
    ),
    "already_settled.manual_award_refused_propose_anew": Sentence(
        "This manual award is already refused; propose a new one instead."
    ),
    "already_settled.write_off_approved": Sentence(
        "This write-off is already approved; nothing more is to be done."
    ),
    "already_settled.write_off_refused": Sentence(
        "This write-off is already refused; nothing more is to be done."
    ),
    "already_settled.write_off_approved_propose_anew": Sentence(
        "This write-off is already approved; propose a new one instead."
    ),
    "already_settled.write_off_refused_propose_anew": Sentence(
        "This write-off is already refused; propose a new one instead."
    ),
    "same_person.approve_redemption_change": Sentence(
        "Whoever proposes this change does not settle it; ask another manager to approve it.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_redemption_change": Sentence(
        "Whoever proposes this change does not settle it; ask another manager to refuse it.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "already_settled.redemption_change_approved": Sentence(
        "This replacement or taking back is already approved; nothing more is to be done."
    ),
    "already_settled.redemption_change_approved_propose_anew": Sentence(
        "This replacement or taking back is already approved; propose a new one instead."
    ),
    "already_settled.redemption_change_refused": Sentence(
        "This replacement or taking back is already refused; nothing more is to be done."
    ),
    "already_settled.redemption_change_refused_propose_anew": Sentence(
        "This replacement or taking back is already refused; propose a new one instead."
    ),
    "same_person.approve_opening": Sentence(
        "Whoever proposes an opening does not settle it; ask another manager to approve it.",
        page="You cannot approve your own proposal. Ask another manager to approve it.",
    ),
    "same_person.refuse_opening": Sentence(
        "Whoever proposes an opening does not settle it; ask another manager to refuse it.",
        page="You cannot refuse your own proposal. Ask another manager to refuse it.",
    ),
    "same_person.withdraw_opening": Sentence(
        "Whoever proposed an opening does not withdraw it; ask another manager to withdraw it.",
        page="You cannot withdraw your own proposal. Ask another manager to withdraw it.",
    ),
    "not_found.opening": Sentence("There is no such opening."),
    "opening_stands": Sentence(
        "The participant has an opening in this unit, or one that waits; withdraw or refuse it first."
    ),
    "invalid.opening_ahead": Sentence("An opening is the state of a day up to today ({day}); give that day."),
    "invalid.opening_empty": Sentence(
        "An opening brings something along; give what is available, what was paid before, or both."
    ),
    "invalid.opening_part": Sentence(
        "What was paid in the year is a part of what was paid before; give that much or less."
    ),
    "invalid.opening_draws": Sentence(
        "Draws that were drawn elsewhere are no draws of this enrollment; leave paid_before out.",
        page="Draws that were drawn elsewhere do not count here. Leave what was paid before empty.",
    ),
    "already_settled.opening_approved": Sentence(
        "This opening is already approved; nothing more is to be done."
    ),
    "already_settled.opening_approved_propose_anew": Sentence(
        "This opening is already approved; propose a new one instead."
    ),
    "already_settled.opening_refused": Sentence(
        "This opening is already refused; nothing more is to be done."
    ),
    "already_settled.opening_refused_propose_anew": Sentence(
        "This opening is already refused; propose a new one instead."
    ),
    "already_settled.opening_withdrawn": Sentence(
        "This opening was approved and withdrawn; propose a new one instead."
    ),
    "already_settled.opening_withdrawn_not_withdrawn": Sentence(
        "This opening is already withdrawn; nothing more is to be done."
    ),
    "already_settled.opening_refused_not_withdrawn": Sentence(
        "This opening was refused, so there is nothing to withdraw."
    ),
    "already_settled.opening_proposed_not_withdrawn": Sentence(
        "This opening is not approved yet; refuse it instead."
    ),
    "not_found.actor": Sentence("There is no such member of staff, key or source."),
    "not_found.saved_report": Sentence("There is no such saved report; look for it among the saved reports."),
    "forbidden.saved_by_another": Sentence("Another saved this report; they or a manager forget it."),
    "forbidden.report_mail_to_key": Sentence(
        "A key has no mail; a member of the staff asks for it on the page of saved reports."
    ),
    "invalid.saved_report_days": Sentence(
        "Name the first and the last day where the period is two days of the calendar, and only there."
    ),
    "invalid.saved_reports_many": Sentence("You saved {most} reports, which is the most; forget one first."),
    "invalid.report_days": Sentence(
        "A report is about 1 to {days} days; let its first day come before its last."
    ),
}
