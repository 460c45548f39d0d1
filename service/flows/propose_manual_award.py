"""Propose a manual award: value that no event earns, with its reason, for another person to approve."""

from schemas.proposals import ManualAward, NewManualAward
from service.core.proposals import award_proposed
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import enrollments, episodes, manual_awards


async def propose_manual_award(act: Act, new: NewManualAward) -> Done[ManualAward] | Refused:
    """Write the proposal down; nothing is paid."""
    if new.participant not in await enrollments.lock(act, act.clinic, [], [new.participant], []):
        return refused("unknown_participant", "There is no such participant.", "$.participant")
    funding = new.funding
    if new.enrollment is not None:
        enrollment = await episodes.find(act, act.clinic, new.enrollment)
        if enrollment is None or enrollment.participant != new.participant:
            words = "The participant has no such enrollment."
            return refused("unknown_enrollment", words, "$.enrollment")
        funding = funding or enrollment.funding
    elif new.unit == "draw":
        words = "Draws are drawn from the bowl of an enrollment; name the enrollment that they are for."
        return refused("invalid", words, "$.enrollment")
    made = ManualAward(
        act.new_id(),
        new.participant,
        new.unit,
        new.amount,
        new.reason,
        "proposed",
        act.now,
        act.actor.id,
        funding,
        new.enrollment,
    )
    await manual_awards.insert(act, act.clinic, made)
    act.tell("manual_award.proposed", made.id, made.participant, **award_proposed(made.amount, made.unit))
    return Done(made, "created")
