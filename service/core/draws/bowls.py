"""The bowls that need not be written out in a program."""

from schemas.program import Bowl, Tier

STANDARD_BOWL = Bowl(
    "standard-500",
    (
        Tier("good job", 250),
        Tier("small", 209, value=100),
        Tier("large", 40, value=2000),
        Tier("jumbo", 1, value=10_000),
    ),
)
"""The predefined bowl of 500 slips (Petry et al. 2005, J Consult Clin Psychol 73:1005), values in cents."""
