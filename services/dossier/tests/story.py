"""The cast and the steps of an award, over the service's own HTTP API."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from libs.serving.acting import Acting
from libs.serving.command import now
from libs.serving.days import day_of
from libs.serving.tests.signing import bearer, official

PDF = b"%PDF-1.4\n%%EOF\n"
PAPERS = ("proposal-letter", "achievement-report", "minutes")
FORM = "giay-khen"


class Unit:
    """A unit with somebody who prepares and somebody who submits."""

    def __init__(self, code: str, duty: str = "commune", authority: str = "chi-lang") -> None:
        self.code = code
        self.specialist = official("specialist", unit=code, duty=duty, authority=authority)
        self.leader = official("leader", unit=code, duty=duty, authority=authority)


class Refusal(Exception):
    """An answer that is no success: status, code and facts."""

    def __init__(self, answer: httpx.Response) -> None:
        problem = answer.json()
        self.status, self.code = answer.status_code, problem["code"]
        self.facts: dict[str, Any] = problem.get("facts", {})
        super().__init__(f"{self.status} {self.code} {problem}")


class Story:
    def __init__(self, http: httpx.AsyncClient, campaign: UUID) -> None:
        self.http, self.campaign = http, campaign
        self.bac_thuy, self.mai_sao = Unit("bac-thuy"), Unit("mai-sao")
        self.appraiser = official("specialist", unit="phong-noi-vu", duty="home-affairs")
        self.drafter = official("specialist", unit="phong-noi-vu", duty="home-affairs")
        self.head = official("leader", unit="phong-noi-vu", duty="home-affairs")
        self.secretary = official("council-secretary", unit="hoi-dong", duty="council")
        self.members = [official("council-member", unit="hoi-dong") for _ in range(3)]
        self.chairman = official("chairman", unit="chi-lang", duty="")
        self.clerk = official("clerk", unit="van-phong", duty="office")
        self.auditor = official("auditor", unit="thanh-tra", duty="")

    async def call(
        self, method: str, path: str, by: Acting, body: Any = None, **headers: str
    ) -> httpx.Response:
        given: dict[str, Any] = {} if body is None else {"json": body}
        answer = await self.http.request(method, path, headers=bearer(by) | headers, **given)
        if not answer.is_success:
            raise Refusal(answer)
        return answer

    async def post(self, path: str, by: Acting, body: Any = None, **headers: str) -> httpx.Response:
        return await self.call("POST", path, by, {} if body is None else body, **headers)

    async def get(self, path: str, by: Acting) -> Any:
        return (await self.call("GET", path, by)).json()

    # ---- steps
    async def dossier(self, unit: Unit, *names: str, kind: str = "individual") -> str:
        """A dossier with all papers and these nominees, not yet submitted."""
        opened = await self.post("/dossiers", unit.specialist, {"campaign": str(self.campaign)})
        id_: str = opened.json()["id"]
        for name in names:
            await self.nominee(id_, unit, name, kind=kind)
        for paper in PAPERS:
            await self.paper(id_, unit, paper)
        return id_

    async def nominee(self, dossier: str, unit: Unit, name: str, **given: Any) -> int:
        body = {
            "kind": "individual",
            "name": name,
            "identity": f"so-{name}",
            "form": FORM,
            "achievement": "Vận động nhân dân hiến đất làm đường.",
        } | given
        answer = await self.post(f"/dossiers/{dossier}/nominees", unit.specialist, body)
        return int(answer.headers["X-Line"])

    async def paper(
        self, dossier: str, unit: Unit, kind: str, content: bytes = PDF, **headers: str
    ) -> httpx.Response:
        answer = await self.http.post(
            f"/dossiers/{dossier}/papers",
            files={"file": ("a.pdf", content + kind.encode())},
            data={"kind": kind},
            headers=bearer(unit.specialist) | headers,
        )
        if not answer.is_success:
            raise Refusal(answer)
        return answer

    async def submit(self, dossier: str, unit: Unit) -> httpx.Response:
        return await self.post(f"/dossiers/{dossier}/submission", unit.leader)

    async def received(self, unit: Unit, *names: str, kind: str = "individual") -> str:
        id_ = await self.dossier(unit, *names, kind=kind)
        await self.submit(id_, unit)
        await self.post(f"/dossiers/{id_}/receipt", self.appraiser)
        return id_

    async def lines(self, dossier: str) -> list[int]:
        answer = await self.get(f"/dossiers/{dossier}", self.appraiser)
        return [line["line"] for line in answer["lines"]]

    async def appraise(
        self, dossier: str, line: int, verdict: str = "eligible", **more: str
    ) -> httpx.Response:
        body = {"verdict": verdict, "reason": "Đủ tiêu chuẩn theo hướng dẫn."} | more
        return await self.post(f"/dossiers/{dossier}/lines/{line}/appraisal", self.appraiser, body)

    async def session(self, lines: list[tuple[str, int]]) -> str:
        members = [str(member.official) for member in self.members]
        body = {
            "campaign": str(self.campaign),
            "members": members,
            "chair": members[0],
            "secretary": str(self.secretary.official),
            "lines": [{"dossier": dossier, "line": line} for dossier, line in lines],
        }
        answer = await self.post("/sessions", self.secretary, body)
        return str(answer.json()["id"])

    async def council(self, votes: Mapping[tuple[str, int], int]) -> str:
        """A session of three members, all present, with these votes in favour."""
        id_ = await self.session(list(votes))
        present = [str(member.official) for member in self.members]
        await self.post(f"/sessions/{id_}/opening", self.secretary, {"present": present})
        for (dossier, line), in_favour in votes.items():
            body = {
                "dossier": dossier,
                "line": line,
                "in_favour": in_favour,
                "against": 3 - in_favour,
            }
            await self.post(f"/sessions/{id_}/votes", self.secretary, body)
        await self.post(f"/sessions/{id_}/closing", self.secretary)
        return id_

    async def decision(self, session: str) -> str:
        answer = await self.post("/decisions", self.drafter, {"session": session})
        return str(answer.json()["id"])

    async def numbered(self, decision: str) -> httpx.Response:
        """Signed and numbered today."""
        await self.post(f"/decisions/{decision}/signature", self.chairman)
        body = {"issued_on": day_of(now()).isoformat()}
        return await self.post(f"/decisions/{decision}/number", self.clerk, body)


def guidance(campaign: UUID, *, late_by: int = -10) -> dict[str, Any]:
    """The data of campaign.guidance-issued.v1; intake ended `late_by` days ago."""
    until = now() - timedelta(days=late_by)
    return {
        "campaign": campaign,
        "forms": [
            {
                "code": FORM,
                "name": "Giấy khen",
                "kinds": ["individual", "collective", "household"],
                "quota": 10,
            }
        ],
        "criteria": [{"kind": "individual", "text": "Có thành tích tiêu biểu."}],
        "papers": list(PAPERS),
        "who": "Cá nhân, tập thể, hộ gia đình",
        "intake_from": datetime(2024, 4, 1, tzinfo=UTC),
        "intake_until": until,
    }


def launched(campaign: UUID, *scope: str) -> dict[str, Any]:
    """The data of campaign.launched.v1."""
    return {
        "campaign": campaign,
        "title": "Lập thành tích chào mừng Đại hội",
        "lead_unit": "phong-ldtbxh-dt",
        "number": 5,
        "symbol": "KH-UBND",
        "scope": list(scope),
        "recipients": [],
    }


def new_campaign() -> UUID:
    return uuid4()
