"""Asked again: whoever changes who may come in shows their password, second factor or passkey first.

The page that asks carries everything that was typed, and sends it on with the proof: nothing is typed twice.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from service.core.access.sessions import PROVED_MINUTES, is_fresh
from service.core.refusals import Refused
from service.flows.access.proofs import Signed, prove_again, ways_of
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.ceremonies import ceremony_of
from service.web.pages.framework.form import Form
from service.web.pages.framework.page_refusal import page_refusal

PASSWORD: Final = "proof_password"  # noqa: S105  the name of a field
CODE: Final = "proof_code"
CREDENTIAL: Final = "proof_credential"
ASKED_AGAIN: Final = "cmr_again"
"""The cookie that holds what a passkey signs for a page that asks again."""
OURS: Final = frozenset({PASSWORD, CODE, CREDENTIAL, "csrf"})
"""Fields that belong to the page that asks, and not to the form behind it."""


async def asked_again(call: PageCall) -> PageCall | Answer:
    """Go on with the form behind it, once its sender has shown who they are; until then, ask."""
    password, code = call.form.typed(PASSWORD), call.form.value(CODE)
    credential = call.form.value(CREDENTIAL)
    if not password and not code and not credential:
        fresh = is_fresh(call.signed_in.proved_at, call.now)
        return call if fresh else await _asked(call, page_refusal("proof_required", "shared.again_says"))
    session = call.signed_in.id
    signed = Signed(ceremony_of(call, ASKED_AGAIN), credential) if credential else None
    proof = await call.do(partial(prove_again, session=session, password=password, code=code, signed=signed))
    if proof != "right":
        return await _asked(call, page_refusal("proof_required", "shared.again_wrong"), is_wrong=True)
    kept = {name: texts for name, texts in call.form.fields.items() if name not in OURS - {"csrf"}}
    return replace(call, form=Form(call.form.action, kept, call.form.files))


async def _asked(call: PageCall, refusal: Refused, *, is_wrong: bool = False) -> Answer:
    ways = await call.do(ways_of)
    if isinstance(ways, Refused):
        return call.refuse(ways)
    behind = [(name, text) for name, texts in call.form.fields.items() if name not in OURS for text in texts]
    return call.show_refused(
        "shared/again.html",
        refusal,
        action=call.request.path,
        behind=behind,
        has_password=ways.has_password,
        has_factor=ways.factor_since is not None,
        has_passkey=ways.has_passkey,
        minutes=PROVED_MINUTES,
        is_wrong=is_wrong,
    )
