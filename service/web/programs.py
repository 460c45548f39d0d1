"""Programs: published as documents, read in any version, and tried out as a table."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct

from schemas.books import NewTable, ProgramPage, ProgramTable, PublishedProgram
from schemas.program import Program, Slug
from service.core.cursors import Page
from service.core.programs import check, decode
from service.core.refusals import Refused
from service.core.table import check_outcomes, table
from service.flows.perform import Act, Done
from service.flows.publish_program import publish_program
from service.flows.read_programs import list_programs, read_program
from service.web.answers import Answer
from service.web.asked import PageAsked
from service.web.call import Call
from service.web.reading import invalid
from service.web.route import MANAGERS, EVERYONE, route

Version = Annotated[int, Meta(ge=1, le=1_000_000)]
YAML = ("application/yaml",)


class PublishAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the document is only judged: `dry_run=true` keeps nothing."""

    dry_run: bool = False
