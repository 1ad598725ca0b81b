"""Who is signed in: the sealed session in the browser, its short-lived token here."""

import time
from collections import OrderedDict
from typing import Any

import msgspec

from services.portal.clients import SaidNo, Services, SessionOver

RENEW_BEFORE = 60  # seconds before a token ends; longer than a request takes
REMEMBERED = 10_000


class Held(msgspec.Struct, frozen=True):
    """What the cookie holds. The secret is the directory's; the name is for a change of hat."""

    session: str
    secret: str
    username: str
    official: str


class Hat(msgspec.Struct, frozen=True):
    """The person as acting in one appointment, with the token that says so."""

    session: str
    token: str
    renew_at: float
    official: str
    appointment: str
    role: str
    unit: str
    unit_name: str
    duty: str
    authority: str
    title: str
    name: str
    post: str = ""
    on_behalf_name: str = ""
    delegation: str = ""

    @property
    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def acts_as(self, *roles: str, duty: str | None = None) -> bool:
        """For what is offered only; whether it is allowed is decided by the service."""
        return self.role in roles and (duty is None or self.duty == duty)


class Sessions:
    """Opens, renews and ends sessions at the directory; remembers tokens until shortly before."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._hats: OrderedDict[str, Hat] = OrderedDict()

    async def open(
        self,
        username: str,
        password: str,
        appointment: str = "",
        *,
        new_password: str = "",
        device: str = "",
    ) -> Held:
        """Raises SessionOver (wrong or locked) and SaidNo.

        Codes of SaidNo: choose-appointment, no-appointment, password-must-change.
        """
        body: dict[str, Any] = {"username": username, "password": password, "device": device}
        if appointment:
            body["appointment"] = appointment
        if new_password:
            body["new_password"] = new_password
        answer = (await self._services.ask("directory", "POST", "/sessions", json=body)).json()
        self._remember(answer)
        return Held(answer["session"], answer["secret"], username, answer["official"])

    async def choose(self, held: Held, hat: str) -> None:
        """Goes on in another appointment, own or delegated. Raises SaidNo and SessionOver."""
        path, body = f"/sessions/{held.session}/hat", {"secret": held.secret, "hat": hat}
        self._remember((await self._services.ask("directory", "POST", path, json=body)).json())

    async def hat(self, held: Held, *, renew: bool = False) -> Hat:
        """Raises SessionOver when the directory knows the session no more."""
        known = self._hats.get(held.session)
        if known is not None and not renew and time.time() < known.renew_at:
            return known
        path, body = f"/sessions/{held.session}/token", {"secret": held.secret}
        try:
            return self._remember(
                (await self._services.ask("directory", "POST", path, json=body)).json()
            )
        except SaidNo as no:
            raise SessionOver(no.code) from None

    async def end(self, held: Held) -> None:
        self._hats.pop(held.session, None)
        path, body = f"/sessions/{held.session}", {"secret": held.secret}
        await self._services.ask("directory", "DELETE", path, json=body)

    def _remember(self, answer: dict[str, Any]) -> Hat:
        fields = {f.name: str(answer.get(f.name) or "") for f in msgspec.structs.fields(Hat)}
        renew_at = time.time() + answer["expires_in"] - RENEW_BEFORE
        hat = Hat(**{**fields, "renew_at": renew_at})
        self._hats[hat.session] = hat
        if len(self._hats) > REMEMBERED:
            self._hats.popitem(last=False)
        return hat
