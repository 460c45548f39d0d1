"""`rewards provider check`: what a clinic's accounts with reward providers answer now."""

import asyncio
from argparse import Namespace
from uuid import UUID

from schemas.providers import ProviderAccount, ProviderChecked
from service.commands.failures import refusal
from service.commands.ground import open_database, ready
from service.commands.performed import performed
from service.commands.speech import Exit, complain, say, say_json
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import refused
from service.flows.providers.accounts import check_account, list_accounts
from service.flows.setup.clinics import operator
from service.outbound.providers.calls import provider_client
from service.settings import Settings

Found = list[tuple[ProviderAccount, ProviderChecked]]


def check(args: Namespace) -> int:
    """Ask each account, or one; where one does not answer as it should, the exit code is 3."""
    with ready(args.data) as ground:
        found = asyncio.run(ask_accounts(ground.settings, args.clinic, args.account))
    return tell(found, as_json=args.json)


def tell(found: Found, *, as_json: bool) -> int:
    """Print what accounts answered, a line each; the exit code of it."""
    for account, answer in found:
        if as_json:
            say_json(
                {
                    "account": account.id,
                    "name": account.name,
                    "ok": answer.ok,
                    "fault": answer.fault,
                    "balance": answer.balance,
                    "products": answer.products,
                }
            )
        elif account.provider == "by_hand":
            say(f"{account.name}: loaded by hand; nobody is asked.")
        elif answer.ok:
            holds = (answer.balance or 0) / 100
            say(f"{account.name} ({account.provider}): holds ${holds:,.2f}, {answer.products} products.")
        else:
            complain(f"{account.name} ({account.provider}): {answer.fault}. See docs/providers.md, Faults.")
    if not found and not as_json:
        say("The clinic has no account with a reward provider. Add one on the page Providers of Manage.")
    return Exit.DONE if all(answer.ok for _, answer in found) else Exit.REFUSED


async def ask_accounts(settings: Settings, clinic: UUID, account: UUID | None) -> Found:
    """Ask each account of a clinic, or one; raises CommandError where there is none such."""
    client = provider_client(settings)
    database = await open_database(settings)
    try:
        page = await performed(database, operator(clinic), lambda act: list_accounts(act, Page(LIMIT_MAX)))
        wanted = [one for one in page.items if account in {None, one.id}]
        if account is not None and not wanted:
            raise refusal(refused("not_found.provider_account"))
        found: Found = []
        for one in wanted:
            answer = await check_account(database, clinic, one.id, client)
            if answer is not None:
                found.append((one, answer))
        return found
    finally:
        client.close()
        await database.close()
