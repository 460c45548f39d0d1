"""Keys on the staff's page: issued once, revoked at once."""

from functools import partial
from uuid import UUID

from schemas.keys import IssuedKey, NewKey
from service.core.refusals import Refused
from service.flows.access.keys import issue_key, revoke_key
from service.web.http.answers import Answer
from service.web.pages.accounts.staff import PATH, listed
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.form import NO_FORM
from service.web.pages.framework.page import MANAGING, page


@page("POST", "/manage/keys", who=MANAGING, asks_again=True)
async def issue(call: PageCall) -> Answer:
    """Issue a key; the page that answers is the only one with its secret."""
    # Nothing that was ticked counts while "everything" is chosen, and nothing ticked is not everything.
    chosen = call.form.texts("scopes") if call.form.value("may") == "chosen" else None
    new = call.form.read(NewKey, scopes=chosen)
    if isinstance(new, Refused):
        return await listed(call, key_refusal=new)
    made = await call.do(partial(issue_key, new=new), call.form.once, IssuedKey)
    if isinstance(made, Refused):
        return await listed(call, key_refusal=made)
    return await listed(call.having(NO_FORM), issued=made)


@page("POST", "/manage/keys/{key}/revoke", who=MANAGING, asks_again=True)
async def revoke(call: PageCall, key: UUID) -> Answer:
    """Revoke a key: from now on it opens nothing."""
    done = await call.do(partial(revoke_key, key_id=key))
    if isinstance(done, Refused):
        return call.refuse(done)
    # This process need not wait to hear of it; the others do within a second.
    call.resources.keys.forget(key)
    return call.go(f"{PATH}#keys")
