"""The rules' part of Manage: programs, the shelf, hand-overs, approvals, caps and closures."""

from typing import Final

from service.web.manage import editor, programs
from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = (
    programs.listed, programs.shown, editor.edit, editor.write, editor.publish,
)  # fmt: skip
