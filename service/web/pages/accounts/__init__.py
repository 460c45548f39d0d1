"""Accounts: the staff and the keys of a clinic, which managers keep, and everybody's own account."""

from typing import Final

from service.web.pages.accounts import drafts, here, keys, member, own, passkeys, second_factor, smart, staff
from service.web.pages.framework.page import Page

PAGES: Final[tuple[Page, ...]] = (
    staff.show, staff.add, staff.need, staff.phone,
    member.show, member.change, member.bar, member.reset, member.end_factor, member.end,
    keys.issue, keys.revoke, smart.show, smart.register, smart.end,
    here.here, drafts.read, drafts.save,
    own.show, own.speak, own.switch_shortcuts, own.change_own, own.end_own,
    passkeys.offer, passkeys.options, passkeys.add, passkeys.remove, passkeys.proof_options,
    second_factor.offer, second_factor.begin, second_factor.stop, second_factor.renew,
)  # fmt: skip  # table: a line for each file of pages
