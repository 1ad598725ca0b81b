"""Tokens for the tests of every service: signed with a key made for this run, checked as always.

    settings = Settings(…, directory_keys=signing.KEYS, log_token=signing.LOG_TOKEN)
    by = signing.official("specialist", unit="bac-thuy")
    await http.post("/dossiers", headers=signing.bearer(by))

`official(...)` is an `Acting`, so pure tests of decisions use it too.
"""

import time
from uuid import UUID, uuid4

import msgspec
from joserfc.jwk import OKPKey

from libs.serving.acting import Acting, published, signed
from libs.serving.settings import Secret

KEY = OKPKey.generate_key("Ed25519")
KEYS = Secret(msgspec.json.encode(published(KEY).as_dict(private=False)).decode())
LOG_TOKEN = Secret("reader-of-logs-in-tests")
WHOLE_RUN = 6 * 3600  # seconds; tests make their people when they are collected
LOG_READER = {"Authorization": f"Bearer {LOG_TOKEN}"}


def official(
    role: str,
    *,
    unit: str = "home-affairs",
    duty: str = "",
    authority: str = "chi-lang",
    official: UUID | None = None,
    lasts: int = WHOLE_RUN,
) -> Acting:
    """Somebody new (or `official`) acting in one appointment, for `lasts` seconds from now."""
    return Acting(
        official=official or uuid4(),
        appointment=uuid4(),
        role=role,
        unit=unit,
        duty=duty,
        authority=authority,
        session=uuid4(),
        expires=int(time.time()) + lasts,
    )


def standing_in(by: Acting, deputy: Acting, *kinds: str) -> Acting:
    """`deputy` as acting for `by` under a delegation of these kinds of act."""
    return msgspec.structs.replace(
        by,
        official=deputy.official,
        session=deputy.session,
        on_behalf=by.official,
        delegation=uuid4(),
        kinds=kinds,
    )


def token(by: Acting) -> str:
    return signed(by, KEY, issued=by.expires - WHOLE_RUN)


def bearer(by: Acting) -> dict[str, str]:
    """The Authorization header of a request made by this official."""
    return {"Authorization": f"Bearer {token(by)}"}
