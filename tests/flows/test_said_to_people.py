"""What is said to somebody is in their language, whatever whoever reads it to them has on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.people import ParticipantChange
from service.flows.people.participants import change_participant
from service.flows.screens.person import read_person

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_after_a_miss_the_desk_reads_out_the_person_s_own_language(scene: Scene) -> None:
    """The buttons and the sentence of the next visit are the clerk's; the line to say is the person's."""
    enrollment = await scene.enrolled()
    change = ParticipantChange(language="es")
    await scene.value(lambda act: change_participant(act, enrollment.participant, change, 1))
    await scene.record(enrollment.id, "positive")
    shown = await scene.value(lambda act: read_person(act, enrollment.participant, "en"), "front_desk")
    answer = shown.episodes[0].targets[0].answer
    assert answer is not None
    assert answer.miss is not None
    assert answer.miss.startswith("Gracias por venir. Por la visita de hoy no hay recompensa.")
    assert "Tu siguiente" in answer.miss
    assert shown.episodes[0].targets[0].sentence.startswith("Your next")
