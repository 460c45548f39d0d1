"""Words that tables have for outcomes: our own in any letters, and what others usually mean, to be chosen."""

import re
from collections.abc import Sequence
from typing import Final

from schemas.program import Behavior
from service.core.outcomes import outcomes_of
from service.core.refusals import Refused, refused
from service.core.sheets.mapping import OutcomeWord
from service.core.spellings import name_spelling

SHOWN_MAX: Final = 48
BEHAVIORS: Final[tuple[Behavior, ...]] = ("test", "attendance", "homework", "medication", "activity")

OUTCOMES: Final = frozenset(outcome for behavior in BEHAVIORS for outcome in outcomes_of(behavior))
"""Every outcome that some behavior has."""
_SHORT: Final = {"neg": "negative", "pos": "positive"}
"""Our own words cut short: nobody means anything else by them."""
_OURS: Final = {outcome: outcome for outcome in OUTCOMES} | _SHORT
_USUAL: Final[dict[Behavior, dict[str, str]]] = {
    "test": {
        "not detected": "negative",
        "none detected": "negative",
        "clean": "negative",
        "negativo": "negative",
        "negativa": "negative",
        "no detectado": "negative",
        "detected": "positive",
        "presumptive positive": "positive",
        "positivo": "positive",
        "positiva": "positive",
        "detectado": "positive",
        "no show": "missed",
        "noshow": "missed",
        "ns": "missed",
        "dna": "missed",
        "did not attend": "missed",
        "absent": "missed",
        "not given": "missed",
        "no se presento": "missed",
        "no vino": "missed",
        "falto": "missed",
        "declined": "refused",
        "se nego": "refused",
        "adulterated": "tampered",
        "substituted": "tampered",
        "adulterado": "tampered",
        "diluted": "dilute",
        "diluido": "dilute",
        "inconclusive": "invalid",
        "indeterminate": "invalid",
        "invalido": "invalid",
        "in process": "pending",
        "pendiente": "pending",
        "justificado": "excused",
    },
    "attendance": {
        "present": "attended",
        "yes": "attended",
        "y": "attended",
        "x": "attended",
        "show": "attended",
        "showed": "attended",
        "arrived": "attended",
        "checked in": "attended",
        "completed": "attended",
        "asistio": "attended",
        "presente": "attended",
        "si": "attended",
        "no": "absent",
        "n": "absent",
        "no show": "absent",
        "noshow": "absent",
        "ns": "absent",
        "missed": "absent",
        "dna": "absent",
        "did not attend": "absent",
        "ausente": "absent",
        "no asistio": "absent",
        "falto": "absent",
        "tardy": "late",
        "tarde": "late",
        "canceled": "rescheduled",
        "cancelled": "rescheduled",
        "reprogramado": "rescheduled",
        "justificado": "excused",
    },
    "homework": {
        "complete": "completed",
        "done": "completed",
        "yes": "completed",
        "incomplete": "not_done",
        "no": "not_done",
        "partially": "partial",
        "completado": "completed",
        "hecho": "completed",
        "no hecho": "not_done",
        "parcial": "partial",
        "justificado": "excused",
    },
    "medication": {
        "yes": "taken",
        "given": "taken",
        "administered": "taken",
        "dosed": "taken",
        "tomado": "taken",
        "no": "missed",
        "not taken": "missed",
        "no show": "missed",
        "declined": "refused",
        "held": "held_by_prescriber",
        "justificado": "excused",
    },
    "activity": {
        "yes": "verified",
        "done": "verified",
        "completed": "verified",
        "verificado": "verified",
        "no": "not_verified",
        "not done": "not_verified",
        "justificado": "excused",
    },
}
"""What words usually mean, by the behavior; taken only where somebody has said so."""
_NONE: Final = re.compile(r"[-\u2013\u2014?.*/]+|n/?a|null|none|nan|#.*", re.IGNORECASE)


def read_outcome(
    text: str, words: Sequence[OutcomeWord], of: Sequence[str], behavior: Behavior | None, column: str
) -> str | Refused:
    """The outcome that a text means: by a chosen word, else one of ours in any letters, else as it stands.

    `of` is what the line says of its target and behavior, for words that mean something there alone. A word
    that stays as it is may be a program's own, and is judged with it.
    """
    plain = _plain(text)
    for known in sorted(words, key=lambda one: one.of is None):
        if _plain(known.word) == plain and (known.of is None or known.of in of):
            return known.outcome
    if ours := _OURS.get(text) or _OURS.get(plain.replace(" ", "_")):
        return ours
    shown = text[:SHOWN_MAX]
    if _NONE.fullmatch(text):
        return refused("invalid.outcome_none", "$.outcome", column=column, text=shown)
    if meanings := usual_outcomes(text, behavior):
        return refused("invalid.outcome_word", "$.outcome", column=column, text=shown, meant=meanings)
    return text


def usual_outcomes(text: str, behavior: Behavior | None) -> tuple[str, ...]:
    """What a word usually means, for one behavior or, where that is not known, for any."""
    plain = _plain(text)
    asked = BEHAVIORS if behavior is None else (behavior,)
    return tuple(dict.fromkeys(_USUAL[one][plain] for one in asked if plain in _USUAL[one]))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\s_\-.]+", " ", name_spelling(text)).split())
