"""The names under which people find the operations: tags, and groups of them."""

# ruff: noqa: E501  one entry a line reads as the table that it is

from typing import Any, Final, NamedTuple


class Tag(NamedTuple):
    """One tag: its group, its name, and what the operations under it are about."""

    group: str
    name: str
    says: str


TAGS: Final[dict[str, Tag]] = {
    "participants": Tag(
        "Care",
        "Participants",
        "People in care, known by the clinic's own reference; names are optional and encrypted.",
    ),
    "merges": Tag(
        "Care",
        "Merges",
        "Two charts of one person become one, previewed and undoable; nothing is paid twice.",
    ),
    "programs": Tag(
        "Care",
        "Programs",
        "Reinforcement schedules, published as documents, read in any version, and tried out as a table.",
    ),
    "program_trials": Tag("Care", "Programs", ""),
    "enrollments": Tag(
        "Care",
        "Enrollments",
        "One participant's episode in one program version: opened, read, closed, and what lies ahead in it.",
    ),
    "visits": Tag("Care", "Expected visits", "Who is expected on a day, who came, and who was missed."),
    "closures": Tag(
        "Care",
        "Closures",
        "Days on which the clinic is closed: nobody is expected, and nobody's visit is missed.",
    ),
    "groups": Tag(
        "Care",
        "Groups",
        "Who meets on which days, and sessions: everybody's attendance recorded in one batch.",
    ),
    "reminders": Tag(
        "Care",
        "Reminders",
        "Texts and mails before a visit, after a missed one and when something waits: with leave, and once each.",
    ),
    "submissions": Tag(
        "Care",
        "Submissions",
        "Homework and meeting slips that people hand in: verified as events, or given back with kind words.",
    ),
    "events": Tag(
        "Care",
        "Events",
        "Verified behaviors, recorded one by one or many at once; each is answered with what it earned.",
    ),
    "batches": Tag("Care", "Events", ""),
    "corrections": Tag(
        "Care",
        "Corrections",
        "Later facts: an event is corrected, an enrollment moved to a newer version; the ledger is made to agree.",
    ),
    "balances": Tag("Value", "Balances", "What a participant has, and the statement of how it came about."),
    "rewards": Tag("Value", "Rewards", "The shelf: what there is to redeem, its stock and its codes."),
    "redemptions": Tag("Value", "Redemptions", "A reward is asked for, held, and given or canceled."),
    "providers": Tag(
        "Value",
        "Reward providers",
        "Who delivers rewards: accounts, what their catalogs offer and the clinic allows, and what differs.",
    ),
    "brand_rules": Tag(
        "Value", "Brands", "Which brands and categories of what providers deliver may be given, and to whom."
    ),
    "redemption_changes": Tag(
        "Value",
        "Replacements",
        "Given rewards that are lost, used or void: replaced or taken back, above a limit by two persons.",
    ),
    "reports": Tag(
        "Administration",
        "Reports",
        "How it goes: who stays, who comes and what it costs, about nobody by name.",
    ),
    "saved_reports": Tag("Administration", "Reports", ""),
    "deeds": Tag(
        "Administration", "Who did what", "What each person recorded, corrected and handed out, odd first."
    ),
    "second_looks": Tag(
        "Value",
        "Second looks",
        "Where value leaves and one person is not enough: the clinic's rules, what waits for a look, the looks.",
    ),
    "manual_awards": Tag(
        "Value",
        "Manual awards",
        "Value that no event earns: proposed by one person, approved or refused by another.",
    ),
    "openings": Tag(
        "Value",
        "Openings",
        "What somebody brings along from another system: proposed by one person, approved by another.",
    ),
    "write_offs": Tag(
        "Value", "Write-offs", "Stock that is lost: proposed by one person, approved or refused by another."
    ),
    "draws": Tag(
        "Draws", "Prize draws", "Slips drawn from a bowl, with the public record that lets anyone check them."
    ),
    "prizes": Tag("Draws", "Prizes", "What slips won; a prize from the shelf is owed until it is given."),
    "hours": Tag(
        "Recording", "Hours", "Hours attended in a week, against those that the level of care asks for."
    ),
    "hats": Tag("Draws", "Names from the hat", "Names drawn among those who came to a session."),
    "seeds": Tag("Draws", "Seeds", "Commitments to the seeds of draws, and the seeds revealed by now."),
    "caps": Tag(
        "Limits",
        "Caps",
        "The most that a participant is credited in a calendar period, by the clinic or a funder, over all programs.",
    ),
    "guardians": Tag("Care", "Guardians", "Consent of a parent or guardian before a minor is enrolled."),
    "screening": Tag(
        "Care", "Screening", "What a program asks before somebody is enrolled, the answers, and exceptions."
    ),
    "billing": Tag(
        "Limits",
        "Billing",
        "What was done, by the clinic's own codes and as it stands now, for whoever bills it.",
    ),
    "budgets": Tag(
        "Limits",
        "Budgets",
        "What there is to spend by program and funder, with what is spent, promised and left of it.",
    ),
    "points_worth": Tag(
        "Limits",
        "Worth of points",
        "What a point is worth in money, so that what is bought for points counts too.",
    ),
    "tax": Tag("Limits", "Tax", "Thresholds by year of payment, and the report of who came to them."),
    "subscribers": Tag(
        "Connections",
        "Subscribers",
        "Webhook endpoints: where notices go, their secrets, and what was delivered.",
    ),
    "consents": Tag(
        "Connections",
        "Consents",
        "Under which consent a subscriber is told of a participant, and what was disclosed.",
    ),
    "erasures": Tag(
        "Connections",
        "Records and erasure",
        "A person's whole record to take along, and erasing what identifies them.",
    ),
    "new_addresses": Tag(
        "Care",
        "Changed addresses",
        "Phone numbers and mail addresses that were changed: no code goes there until a second person confirms.",
    ),
    "restrictions": Tag(
        "Connections",
        "Restrictions",
        "Who is to be told nothing of somebody, and looks at a whole record in an emergency.",
    ),
    "sources": Tag(
        "Connections", "Sources", "Other services that send messages, and how their messages become events."
    ),
    "pulls": Tag("Connections", "Sources", ""),
    "inbound": Tag(
        "Connections", "Inbound messages", "Messages as they came in, and those that wait for somebody."
    ),
    "streams": Tag("Connections", "Live streams", "Server-sent events: what changes, as it happens."),
    "keys": Tag("Administration", "Keys", "Keys of programs and desks, each with one role."),
    "smart": Tag(
        "Administration",
        "Tokens",
        "Programs that read FHIR by tokens: registered with their public keys, revoked as keys are.",
    ),
    "sessions": Tag(
        "Administration",
        "Sessions",
        "Sign-ins of members of staff by a program: what a second person approves takes one.",
    ),
    "staff": Tag("Administration", "Staff", "Members of staff: who signs in, and as what."),
    "audit": Tag("Administration", "Audit trail", "Who did or read what, in a chain of hashes."),
    "health": Tag(
        "Administration", "Health", "Whether the process lives and can serve, and what it has counted."
    ),
    "contract": Tag("Administration", "Contract", "This document."),
}
"""The tag of each module of operations, in the order in which people read them."""


def tags(modules: set[str]) -> list[dict[str, str]]:
    """The tags of the document."""
    used = {TAGS[module].name for module in modules}
    return [
        {"name": tag.name, "description": tag.says} for tag in TAGS.values() if tag.says and tag.name in used
    ]


def groups(modules: set[str], notices: str) -> list[dict[str, Any]]:
    """The groups of tags (`x-tagGroups`), as readers of the document show them; `notices` is the webhooks' tag."""
    used = [*(TAGS[module] for module in TAGS if module in modules), Tag("Connections", notices, "")]
    return [
        {"name": group, "tags": list(dict.fromkeys(tag.name for tag in used if tag.group == group))}
        for group in dict.fromkeys(tag.group for tag in used)
    ]
