"""The same command without a log: FastAPI, SQLAlchemy, an UPDATE and an audit row.

Same authentication, same body, same rules and same server settings as the campaign service. Also
an empty endpoint, which shows what HTTP and the framework take by themselves.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from sqlalchemy import DateTime, ForeignKey, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from libs.eventlog.events import Refused
from libs.serving.acting import Acting, Tokens
from libs.serving.command import By, now
from libs.serving.problems import add_problem_handlers
from libs.serving.service import MAX_BODY, serve, spare_the_collector
from libs.serving.settings import ServiceSettings, read_settings
from services.campaign.bodies import Confirmation
from services.campaign.decisions.access import PREPARING_DUTIES

POOL = 16  # as many connections as there are clients


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {Any: JSONB, datetime: DateTime(timezone=True)}


class Campaign(Base):
    __tablename__ = "campaign"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority: Mapped[str]
    stage: Mapped[str]
    title: Mapped[str]


class Field(Base):
    __tablename__ = "field"
    campaign: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any]
    confirmed: Mapped[bool]
    version: Mapped[int]


class Audit(Base):
    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[UUID]
    appointment: Mapped[UUID]
    role: Mapped[str]
    unit: Mapped[str]
    campaign: Mapped[UUID]
    action: Mapped[str]
    before: Mapped[Any]
    after: Mapped[Any]


TABLES = """
CREATE TABLE campaign (
    id uuid PRIMARY KEY, authority text NOT NULL, stage text NOT NULL, title text NOT NULL);
CREATE TABLE field (
    campaign uuid NOT NULL REFERENCES campaign, id text NOT NULL, value jsonb,
    confirmed boolean NOT NULL, version int NOT NULL, PRIMARY KEY (campaign, id));
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL,
    actor uuid NOT NULL, appointment uuid NOT NULL, role text NOT NULL, unit text NOT NULL,
    campaign uuid NOT NULL, action text NOT NULL, before jsonb, after jsonb);
CREATE INDEX ON audit (campaign, id);
"""


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """What every service needs."""


def create_app(settings: Settings) -> FastAPI:
    url = settings.database_dsn.replace("postgresql:", "postgresql+asyncpg:", 1)
    engine = create_async_engine(url, pool_size=POOL, max_overflow=0)
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        spare_the_collector()
        yield
        await engine.dispose()

    async def session() -> AsyncIterator[AsyncSession]:
        async with sessions() as opened, opened.begin():
            yield opened

    app = FastAPI(
        lifespan=lifespan,
        telemetry={"logs": False, "operation_spans": False},
        max_body_size=MAX_BODY,
    )
    app.state.tokens = Tokens("", log_token=settings.log_token, keys=settings.key_set())
    add_problem_handlers(app)

    @app.post("/campaigns/{id}/fields/{field}/confirmation")
    async def confirm_field(
        id: UUID,
        field: str,
        body: Confirmation,
        by: By,
        db: Annotated[AsyncSession, Depends(session, scope="function")],
    ) -> dict[str, Any]:
        return await confirm(db, id, field, body.value, by)

    @app.post("/empty")
    async def empty() -> dict[str, Any]:
        return {}

    @app.post("/empty/campaigns/{id}/fields/{field}/confirmation")
    async def empty_of_this_shape(
        id: UUID,  # noqa: ARG001  # bound and validated is all that is wanted
        field: str,  # noqa: ARG001
        body: Confirmation,  # noqa: ARG001
    ) -> dict[str, Any]:
        return {}

    @app.get("/health/ready")
    async def ready(_: Request) -> dict[str, str]:
        return {"status": "ready"}

    return app


async def confirm(db: AsyncSession, id: UUID, name: str, value: Any, by: Acting) -> dict[str, Any]:
    """Load, decide, update, audit; the transaction commits before the answer."""
    query = select(Campaign, Field).join(Field, Field.campaign == Campaign.id)
    row = (await db.execute(query.where(Campaign.id == id, Field.id == name))).one_or_none()
    if row is None or row[0].authority != by.authority:
        raise Refused("not-found")
    campaign, field = row
    by.require("specialist", "leader")
    if by.duty not in PREPARING_DUTIES:
        raise Refused("not-allowed", duty=by.duty, needs=list(PREPARING_DUTIES))
    if campaign.stage != "draft":
        raise Refused("not-a-draft", stage=campaign.stage)
    change = update(Field).where(
        Field.campaign == id, Field.id == name, Field.version == field.version
    )
    changed = await db.execute(
        change.values(value=value, confirmed=True, version=field.version + 1),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("conflict")
    await db.execute(
        insert(Audit).values(
            at=now(),
            actor=by.official,
            appointment=by.appointment,
            role=by.role,
            unit=by.unit,
            campaign=id,
            action="field-confirmed",
            before=field.value,
            after=value,
        )
    )
    return {"id": str(id), "version": field.version + 1}


def main() -> None:
    settings = read_settings(Settings)
    serve(create_app(settings), settings)


if __name__ == "__main__":
    main()
