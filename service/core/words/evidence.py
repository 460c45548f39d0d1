"""What a design review says of a program beside the evidence, with its sources."""

from typing import Final

from schemas.people import Language
from service.core.catalogs import ByLanguage, by_language

SOURCES: Final[dict[str, str]] = {
    "lussier": (
        "Lussier JP, Heil SH, Mongeon JA, Badger GJ, Higgins ST. A meta-analysis of voucher-"
        "based reinforcement therapy for substance use disorders. Addiction 2006;101:192-203"
    ),
    "griffith": (
        "Griffith JD, Rowan-Szal GA, Roark RR, Simpson DD. Contingency management in outpatient"
        " methadone treatment: a meta-analysis. Drug Alcohol Depend 2000;58:55-66"
    ),
    "petry_low": (
        "Petry NM, Tedford J, Austin M, et al. Prize reinforcement contingency management for "
        "treating cocaine users: how low can we go, and with whom? Addiction 2004;99:349-360"
    ),
    "silverman": (
        "Silverman K, Chutuape MA, Bigelow GE, Stitzer ML. Voucher-based reinforcement of "
        "cocaine abstinence in treatment-resistant methadone patients: effects of reinforcement"
        " magnitude. Psychopharmacology 1999;146:128-138"
    ),
    "petry_guide": (
        "Petry NM. A comprehensive guide to the application of contingency management "
        "procedures in clinical settings. Drug Alcohol Depend 2000;58:9-25"
    ),
    "roll_schedules": (
        "Roll JM, Higgins ST, Badger GJ. An experimental comparison of three different "
        "schedules of reinforcement of drug abstinence using cigarette smoking as an exemplar. "
        "J Appl Behav Anal 1996;29:495-505"
    ),
    "higgins": (
        "Higgins ST, Budney AJ, Bickel WK, et al. Achieving cocaine abstinence with a "
        "behavioral approach. Am J Psychiatry 1993;150:763-769"
    ),
    "roll_duration": (
        "Roll JM, Chudzynski J, Cameron JM, Howell DN, McPherson S. Duration effects in "
        "contingency management treatment of methamphetamine disorders. Addict Behav "
        "2013;38:2455-2462"
    ),
}
"""The publications, by a short name."""

SAID: Final[ByLanguage[dict[str, str]]] = by_language(
    "evidence.said",
    {
        "magnitude": (
            "Who succeeds every time earns {total} in {weeks} weeks, {weekly} a week. Larger "
            "rewards have larger effects; with prizes of about {enough} a week at the most "
            "people did better than with a third of it."
        ),
        "magnitude_small": (
            "Who succeeds every time earns {total} in {weeks} weeks, only {weekly} a week. "
            "Prizes of about {enough} a week at the most did better than a third of it, which "
            "did no better than care alone. Raise it."
        ),
        "magnitude_in_currency": (
            "Who succeeds every time earns {total} in {weeks} weeks, {weekly} a week. Larger "
            "rewards have larger effects. The studies paid in dollars, {enough} a week at the most "
            "in the one that did better, and nothing is converted here: compare it by what it buys."
        ),
        "magnitude_unknown": (
            "It pays in points, and nobody has said what a point is worth. Say it, so that the "
            "size of the rewards can be judged: larger ones have larger effects."
        ),
        "frequency": (
            "{count} visits a week are expected. Twice a week or more lets few successes pass "
            "without a reward."
        ),
        "frequency_low": (
            "{count} visit a week is expected. Tests at least twice a week find most use, and "
            "reward sooner and more often."
        ),
        "frequency_unknown": (
            "No visits are expected, so nobody can say how often a success is rewarded. Name "
            "the days, or how many a week."
        ),
        "immediacy": (
            "A reward is credited in the moment in which a visit is recorded. Record it at the "
            "visit, with a test that reads at once: rewards at the visit have larger effects "
            "than later ones."
        ),
        "escalation": (
            "What a success is worth rises with successes in a row. People stay abstinent longest that way."
        ),
        "escalation_none": (
            "Every success is worth the same. Amounts that rise with successes in a row, and "
            "start again after a miss, keep people abstinent longest."
        ),
        "recovery": (
            "A miss sets the value back, and there is a way back to it: a slip costs something,"
            " and not everything."
        ),
        "recovery_none": (
            "A miss sets the value back, and there is no way back but step by step. A few "
            "successes in a row that bring it back keep whoever slips."
        ),
        "recovery_no_reset": (
            "The value rises, and a miss leaves it where it is. A reset is what makes each "
            "success in a row worth keeping."
        ),
        "misses": "A visit that nobody comes to counts as missed, {hours} hours after its day.",
        "misses_none": (
            "A visit that nobody comes to never counts as missed. In the trials it counted like"
            " a positive test."
        ),
        "duration": "It rewards in {weeks} weeks. Twelve or more are usual, and longer has done better.",
        "duration_short": (
            "It rewards in {weeks} weeks only. Twelve or more are usual, and longer has done better."
        ),
    },
)
"""Each line, with a placeholder for each value."""


def line(key: str, language: Language, **values: object) -> str:
    """One line of a review in a language."""
    return SAID[language][key].format(**values)


def sources(*names: str) -> str:
    """Some publications in one text."""
    return "; ".join(SOURCES[name] for name in names) + "."
