"""What a program may say and its author may not have meant."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "program.no_visits": Sentence("says no visits, so none is expected; give weekdays, or per_week"),
    "program.visits_too_many": Sentence("{count} visits do not fit into a week with that distance"),
    "program.weeks_lost": Sentence("the program ends with week {weeks}: later weeks are not covered"),
    "program.phase_lost": Sentence(
        "the program ends with week {weeks}: later weeks are not covered, and this phase never begins"
    ),
    "program.recovery_without_reset": Sentence("has no effect without `reset: true`"),
    "program.visits_never": Sentence(
        "visits fall every {every} weeks, and the phase is shorter: none is expected in it"
    ),
    "program.first_goes_on": Sentence(
        "has no effect where the ladder goes on from an earlier phase; write `begin: anew`, or take it out"
    ),
    "program.milestone_beyond_limit": Sentence(
        "only {most} successes count in all, so a later number is never reached"
    ),
    "program.bonus_lost": Sentence("the program ends with week {weeks}, so this bonus is never paid"),
    "program.visits_beyond_limit": Sentence(
        "{count} visits a week are expected, but only {most} successes count"
    ),
    "program.no_reset": Sentence(
        "a miss does not bring the steps back; write `on_failure: {{reset: true}}` if it should",
        page="A miss does not bring the steps back. Choose that it starts again, if it should.",
    ),
    "program.never_missed": Sentence(
        "no word on missed visits, so none ever counts as missed; write `missed_after_hours: 24` if so",
        page="Nothing is said of missed visits, so none ever counts as missed. Write 24 hours if so.",
    ),
    "program.gap": Sentence("weeks {first} to {last} before it have no phase: visits there earn nothing"),
    "program.gap_of_days": Sentence(
        "days {first} to {last} before it have no phase: visits there earn nothing"
    ),
    "program.goes_on": Sentence(
        "its steps go on from phase {earlier}, which pays otherwise; write `begin: anew` if they should not",
        page=(
            "Its steps go on from phase {earlier}, which pays otherwise. Choose that the ladder begins "
            "again, if it should."
        ),
    ),
    "program.large": Sentence(
        "one success pays {amount} (visit {visit}), more than {most}; amounts are in cents"
    ),
    "program.apart": Sentence(
        "{small} here and {large} elsewhere lie a hundredfold apart; are both in the same minor units?"
    ),
    "program.cap_twice": Sentence("there is a cap for one {per} already; the lower one decides"),
    "program.cap_unreached": Sentence(
        "nobody reaches {amount}, whatever they do; lower it, or leave the cap out"
    ),
    "program.limit_unreached": Sentence("{count} a {per} are never reached: only {most} can be recorded"),
    "program.bonus_unreached": Sentence(
        "asks for {needed}, and whoever comes to every visit has {most}; the bonus is never paid"
    ),
    "program.then_unreached": Sentence(
        "asks for {needed} successes, and whoever comes to every visit has {most}; it is never offered"
    ),
    "program.caps_clip": Sentence(
        "leave {lost} of {total} unpaid, from visit {visit} of {target} in week {week} on"
    ),
    "program.caps_clip_welcome": Sentence("leave {lost} of {total} unpaid, from the welcome on"),
    "program.unbounded": Sentence(
        "any quantity is paid in full, a slip of the keyboard too; give `max`, or a cap per event or day"
    ),
    "program.draws_cost": Sentence(
        "who succeeds every time has {draws} draws: {expected} in prizes on average, {greatest} at the most"
    ),
}
