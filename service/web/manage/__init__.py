"""The rules' part of Manage: programs, the shelf, hand-overs, approvals, caps and closures."""

from typing import Final

from service.web.manage import (
    approvals,
    caps,
    closures,
    editor,
    people,
    programs,
    redemptions,
    seeds,
    shelf,
)
from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = (
    programs.listed, programs.shown, people.show, people.move, editor.edit, editor.write, editor.publish,
    shelf.shelf, shelf.add, shelf.show, shelf.change, shelf.stock, shelf.codes,
    redemptions.listed, redemptions.give, redemptions.cancel,
    approvals.listed, approvals.propose, approvals.approve_award, approvals.refuse_award,
    approvals.approve_pieces, approvals.refuse_pieces,
    caps.listed, caps.add, caps.threshold, caps.show, caps.end,
    closures.listed, closures.add, closures.remove, seeds.listed, seeds.rotate,
)  # fmt: skip
