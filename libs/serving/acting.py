"""Who acts: the official, the appointment (hat) chosen at sign-in, the unit and the authority.

The directory signs short-lived tokens (JWT, EdDSA) from its events; every service checks signature
and expiry itself and decides by role itself. A token lives ten minutes, so an appointment that ends
is without effect everywhere within that time.
"""

import asyncio
import hmac
import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import httpx
import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from libs.eventlog.events import Refused

ALGORITHM = "Ed25519"  # EdDSA by its fully specified name, RFC 9864
LIFETIME = 600  # seconds
REMEMBERED = 4096  # tokens whose signature was checked; a check costs 0.13 ms
PAUSE_BETWEEN_FETCHES = 2.0  # seconds; an unknown key must not become a way to load the directory


SYSTEM = "system"  # the authority that looks after all the others


class Unauthenticated(Exception):
    """No token, or one that is expired, forged or not ours. `code` is part of the API."""

    def __init__(self, code: str = "sign-in-required") -> None:
        super().__init__(code)
        self.code = code


class Acting(msgspec.Struct, frozen=True):
    """The official as acting in one appointment.

    `role` is what the appointment lets one do; `post` is its own name where that differs: a `head`
    and a `deputy` do what `leader` (of the authority: `chairman`) does, the deputy signing KT.
    Under a delegation `appointment`, `role`, `unit` and `duty` are those of `on_behalf`, for whom
    `official` acts, in the `kinds` of act that were delegated. `below`: codes of the units under
    this one whose affairs the role may read.
    """

    official: UUID
    appointment: UUID
    role: str
    unit: str
    duty: str
    authority: str
    session: UUID
    expires: int = 0
    post: str = ""
    below: tuple[str, ...] = ()
    on_behalf: UUID | None = None
    delegation: UUID | None = None
    kinds: tuple[str, ...] = ()

    @property
    def persons(self) -> frozenset[UUID]:
        """Who answers for the act: who does it, and the one it is done for."""
        return frozenset({self.official, self.on_behalf or self.official})

    def among(self, people: Iterable[UUID | None]) -> bool:
        """Separation of duties: neither the actor nor the one acted for may be one of these."""
        return not self.persons.isdisjoint(people)

    @property
    def units(self) -> tuple[str, ...]:
        """The own unit and those below it that the role may read."""
        return (self.unit, *self.below)

    def require_kinds(self, *needed: str) -> None:
        """Refused("outside-delegation") for a kind of act that was not delegated."""
        if self.delegation is not None and not set(needed) <= set(self.kinds):
            raise Refused("outside-delegation", kinds=list(self.kinds))

    def require_system(self, *roles: str) -> None:
        """Refused unless one of the roles is held for the whole system, not for one authority."""
        self.require(*roles)
        if self.authority != SYSTEM:
            raise Refused("not-allowed", authority=self.authority, needs=sorted(roles))

    def require(self, *roles: str, duty: str | None = None) -> None:
        """Refused("not-allowed") unless one of the roles is held (in a unit with that duty)."""
        if self.role not in roles or (duty is not None and self.duty != duty):
            raise Refused("not-allowed", role=self.role, needs=sorted(roles), duty=duty)


def acting_from(claims: dict[str, Any]) -> Acting:
    """Raises Unauthenticated for claims of another shape."""
    try:
        return Acting(
            official=UUID(claims["sub"]),
            appointment=UUID(claims["apt"]),
            role=claims["role"],
            unit=claims["unit"],
            duty=claims["duty"],
            authority=claims["authority"],
            session=UUID(claims["sid"]),
            expires=int(claims["exp"]),
            post=str(claims.get("post", "")),
            below=tuple(claims.get("below", ())),
            on_behalf=_id(claims.get("obo")),
            delegation=_id(claims.get("dlg")),
            kinds=tuple(claims.get("kinds", ())),
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Unauthenticated("token-invalid") from None


def _id(claim: str | None) -> UUID | None:
    return None if claim is None else UUID(claim)


def signed(by: Acting, key: OKPKey, *, issued: int) -> str:
    """The token that says `by`, until `by.expires`; what `acting_from` reads back."""
    claims: dict[str, Any] = {
        "sub": str(by.official),
        "apt": str(by.appointment),
        "role": by.role,
        "unit": by.unit,
        "duty": by.duty,
        "authority": by.authority,
        "sid": str(by.session),
        "iat": issued,
        "exp": by.expires,
    }
    if by.post:
        claims["post"] = by.post
    if by.below:
        claims["below"] = by.below
    if by.delegation is not None:
        claims |= {"obo": str(by.on_behalf), "dlg": str(by.delegation), "kinds": by.kinds}
    header = {"alg": ALGORITHM, "kid": key.thumbprint()}
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def published(key: OKPKey) -> KeySet:
    """The public half of a signing key, named by its thumbprint (RFC 7638)."""
    public = {**key.as_dict(private=False), "kid": key.thumbprint(), "use": "sig"}
    return KeySet.import_key_set({"keys": [public]})


class Tokens:
    """Checks tokens against the directory's published keys, or against `keys` if they are given."""

    def __init__(self, directory_url: str, *, log_token: str, keys: KeySet | None = None) -> None:
        self._url = f"{directory_url}/.well-known/jwks.json"
        self._log_token = log_token.encode()
        self._keys, self._pinned = keys, keys is not None
        self._fetched = 0.0
        self._lock = asyncio.Lock()
        self._known: OrderedDict[str, Acting] = OrderedDict()

    async def acting(self, authorization: str | None) -> Acting:
        """The official behind an Authorization header."""
        token = _bearer(authorization)
        known = self._known.get(token)
        if known is None:
            known = await self._check(token)
            self._known[token] = known
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        if known.expires <= time.time():
            self._known.pop(token, None)
            raise Unauthenticated("token-expired")
        return known

    def is_log_reader(self, authorization: str | None) -> bool:
        """Whether the caller is one of our services, entitled to read the log."""
        return hmac.compare_digest(_bearer(authorization).encode(), self._log_token)

    async def _check(self, token: str) -> Acting:
        for again in (True, False):
            keys = await self._key_set(renew=not again)
            try:
                return acting_from(jwt.decode(token, keys, algorithms=[ALGORITHM]).claims)
            except (JoseError, ValueError, TypeError):  # a header of any shape is only a guess
                if not again:
                    raise Unauthenticated("token-invalid") from None
        raise AssertionError("unreachable")

    async def _key_set(self, *, renew: bool) -> KeySet:
        if self._keys is not None and (self._pinned or not renew):
            return self._keys  # who has a good token does not wait for who brings a bad one
        async with self._lock:
            if self._keys is None or time.monotonic() - self._fetched > PAUSE_BETWEEN_FETCHES:
                self._fetched = time.monotonic()  # a fetch that fails counts too
                async with httpx.AsyncClient(timeout=5) as http:
                    answer = (await http.get(self._url)).raise_for_status()
                self._keys = KeySet.import_key_set(answer.json())
            return self._keys


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    return token
