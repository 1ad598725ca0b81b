"""What the directory says of who signs: the name and title to be printed."""

from uuid import UUID

import httpx
import msgspec

from libs.serving.acting import Acting

TIMEOUT = 5.0  # seconds


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
        async with httpx.AsyncClient(timeout=TIMEOUT) as http:
            answer = await http.get(
                f"{self._url}/officials/{by.official}", headers={"Authorization": authorization}
            )
        official = msgspec.json.decode(answer.raise_for_status().content, type=_Official)
        titles = [held.title for held in official.appointments if held.id == by.appointment]
        return Signer(official.name, (titles or [""])[0])
