"""What the directory says of who signs: the name and title to be printed."""

from uuid import UUID

import httpx
import msgspec

from libs.serving.acting import Acting

TIMEOUT = 5.0  # seconds
UNDER_DELEGATION = "TUQ."  # thừa ủy quyền: the form in which a delegate signs (Decree 30/2020)


class _Appointment(msgspec.Struct):
    id: UUID
    title: str = ""


class _Official(msgspec.Struct):
    name: str
    appointments: list[_Appointment] = []


class Signer(msgspec.Struct, frozen=True):
    name: str
    title: str


class Signers:
    """Asks with the signer's own token: nobody learns a name the directory would not tell them."""

    def __init__(self, directory_url: str) -> None:
        self._url = directory_url

    async def of(self, by: Acting, authorization: str) -> Signer:
        """Raises httpx.HTTPError when the directory does not answer."""
        official = await self._official(by.official, authorization)
        if by.on_behalf is None:
            return Signer(official.name, _title(official, by))
        principal = await self._official(by.on_behalf, authorization)
        return Signer(official.name, f"{UNDER_DELEGATION} {_title(principal, by)}")

    async def _official(self, id: UUID, authorization: str) -> _Official:
        async with httpx.AsyncClient(timeout=TIMEOUT) as http:
            answer = await http.get(
                f"{self._url}/officials/{id}", headers={"Authorization": authorization}
            )
        return msgspec.json.decode(answer.raise_for_status().content, type=_Official)


def _title(holder: _Official, by: Acting) -> str:
    titles = [held.title for held in holder.appointments if held.id == by.appointment]
    return (titles or [""])[0]
