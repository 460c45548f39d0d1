"""Manage: programs, shelf, approvals, caps, closures, subscribers, consents, imports, reports, audit."""

from typing import Final

from service.web.pages.editor import editor, programs
from service.web.pages.framework.page import Page
from service.web.pages.manage import (
    accounting,
    approvals,
    audit,
    caps,
    closures,
    consent_form,
    consents,
    deeds,
    duplicates,
    import_columns,
    imports,
    messages,
    openings,
    overview,
    people,
    redemptions,
    reports,
    restrictions,
    seeds,
    shelf,
    sources,
    subscriber,
    subscribers,
)

PAGES: Final[tuple[Page, ...]] = (
    programs.listed, programs.shown, people.show, people.move, editor.edit, editor.write, editor.publish,
    shelf.shelf, shelf.add, shelf.show, shelf.change, shelf.stock, shelf.codes,
    redemptions.listed, redemptions.give, redemptions.cancel,
    approvals.listed, approvals.propose, approvals.approve_award, approvals.refuse_award,
    approvals.approve_pieces, approvals.refuse_pieces, approvals.approve_change, approvals.refuse_change,
    approvals.limit,
    openings.listed, openings.propose, openings.approve, openings.refuse, openings.withdraw, openings.file,
    caps.listed, caps.add, caps.worth, caps.threshold, caps.show, caps.end,
    closures.listed, closures.add, closures.remove, seeds.listed, seeds.rotate,
    subscribers.show, subscribers.add,
    subscriber.see, subscriber.see_deliveries, subscriber.rotate, subscriber.ping, subscriber.change,
    subscriber.enable, subscriber.disable, subscriber.delete, subscriber.replay,
    consents.show, consents.find, consents.give, consents.revoke,
    consent_form.text, consent_form.draft, consent_form.signature, accounting.file,
    restrictions.ask, restrictions.agree, restrictions.decline, restrictions.end,
    deeds.show, deeds.one, deeds.rules,
    duplicates.listed, duplicates.apart,
    overview.show, reports.show, reports.paid, reports.tax, reports.tax_file,
    sources.show, sources.add, sources.see, sources.mapping, sources.secret, sources.retry, sources.delete,
    imports.show, imports.example, imports.check, imports.see, imports.begin, imports.refused_lines,
    imports.preview, import_columns.match,
    messages.see, messages.retry, messages.discard,
    audit.show, audit.search, audit.checkpoint,
)  # fmt: skip  # table: a line for each file of pages
