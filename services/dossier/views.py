"""What can be asked of dossiers, lines, sessions and decisions. No name, no identity in here."""

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.dossier import events as e
from services.dossier.decisions.rechecking import needs_a_person
from services.dossier.terms import OF_A_LINE

projection = Projection("""
CREATE TABLE dossier (
    dossier uuid PRIMARY KEY, campaign uuid NOT NULL, unit text NOT NULL, authority text NOT NULL,
    state text NOT NULL, opened_at timestamptz NOT NULL, submitted_at timestamptz,
    late_days int NOT NULL DEFAULT 0, returns int NOT NULL DEFAULT 0,
    slip int, slip_year int, guidance int NOT NULL DEFAULT 0,
    differences int NOT NULL DEFAULT 0, position bigint NOT NULL,
    opened_unit text NOT NULL);              -- before custody passed to `unit`
CREATE INDEX ON dossier (authority, campaign);
CREATE INDEX ON dossier (unit);
CREATE TABLE line (
    dossier uuid NOT NULL, line int NOT NULL, campaign uuid NOT NULL, unit text NOT NULL,
    authority text NOT NULL, subject uuid NOT NULL, kind text NOT NULL, form text NOT NULL,
    verdict text NOT NULL DEFAULT '', held boolean NOT NULL DEFAULT false,
    holds int NOT NULL DEFAULT 0, outcome text NOT NULL DEFAULT '', decision uuid,
    marked boolean NOT NULL DEFAULT false,
    PRIMARY KEY (dossier, line));
CREATE INDEX ON line (campaign, subject);
CREATE TABLE paper (
    sha256 text, dossier uuid, media_type text NOT NULL, PRIMARY KEY (sha256, dossier));
CREATE TABLE session (
    session uuid PRIMARY KEY, campaign uuid NOT NULL, authority text NOT NULL, state text NOT NULL,
    members int NOT NULL, lines int NOT NULL, convened_at timestamptz NOT NULL,
    closed_at timestamptz, position bigint NOT NULL);
CREATE TABLE decision (
    decision uuid PRIMARY KEY, campaign uuid NOT NULL, authority text NOT NULL,
    session uuid NOT NULL, state text NOT NULL, lines int NOT NULL, number int, symbol text,
    issued_on date, signed_at timestamptz,
    drafted_at timestamptz NOT NULL, position bigint NOT NULL);
""")


@projection.on(e.DossierOpened)
async def opened(db: Db, event: e.DossierOpened, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO dossier (dossier, campaign, unit, authority, state, opened_at, position, "
        "opened_unit) VALUES ($1, $2, $3, $4, 'draft', $5, $6, $3)",
        recorded.stream,
        event.campaign,
        event.unit,
        event.authority,
        recorded.meta.recorded_at,
        recorded.position,
    )


@projection.on(e.NomineeAdded)
async def nominee_added(db: Db, event: e.NomineeAdded, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO line (line, dossier, campaign, unit, authority, subject, kind, form) "
        "SELECT $1, dossier, campaign, unit, authority, $2, $3, $4 FROM dossier WHERE dossier = $5",
        event.line,
        event.subject,
        event.kind,
        event.form,
        recorded.stream,
    )


@projection.on(e.NomineeRemoved)
async def nominee_removed(db: Db, event: e.NomineeRemoved, recorded: Recorded) -> None:
    await db.execute(
        "DELETE FROM line WHERE dossier = $2 AND line = $1", event.line, recorded.stream
    )


@projection.on(e.PaperAttached)
async def paper_attached(db: Db, event: e.PaperAttached, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO paper VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        event.sha256,
        recorded.stream,
        event.media_type,
    )


@projection.on(e.DossierSubmitted)
async def submitted(db: Db, event: e.DossierSubmitted, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE dossier SET state = 'submitted', submitted_at = $2, late_days = $3, guidance = $4 "
        "WHERE dossier = $1",
        recorded.stream,
        recorded.meta.recorded_at,
        event.late_days,
        event.guidance or 1,
    )


@projection.on(e.DossierReceived)
async def received(db: Db, event: e.DossierReceived, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE dossier SET state = 'received', slip = $2, slip_year = $3 WHERE dossier = $1",
        recorded.stream,
        event.slip,
        event.slip_year,
    )


@projection.on(e.DossierReturned)
async def returned(db: Db, _: e.DossierReturned, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE dossier SET state = 'returned', returns = returns + 1 WHERE dossier = $1",
        recorded.stream,
    )


@projection.on(e.DossierSupplemented)
async def supplemented(db: Db, event: e.DossierSupplemented, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE dossier SET state = 'supplemented', differences = 0, "
        "guidance = greatest(guidance, $2) WHERE dossier = $1",
        recorded.stream,
        event.guidance,
    )


@projection.on(e.DossierRechecked)
async def rechecked(db: Db, event: e.DossierRechecked, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE dossier SET guidance = $2, differences = $3 WHERE dossier = $1",
        recorded.stream,
        event.guidance,
        sum(needs_a_person(one) for one in event.differences),
    )
    await db.execute(
        "UPDATE line SET marked = (line = ANY($2)) WHERE dossier = $1",
        recorded.stream,
        [one.line for one in event.differences if one.what in OF_A_LINE],
    )


@projection.on(e.DossierWithdrawn)
async def withdrawn(db: Db, _: e.DossierWithdrawn, recorded: Recorded) -> None:
    await db.execute("UPDATE dossier SET state = 'withdrawn' WHERE dossier = $1", recorded.stream)


@projection.on(e.LineAppraised)
async def appraised(db: Db, event: e.LineAppraised, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE line SET verdict = $2, marked = false WHERE dossier = $3 AND line = $1",
        event.line,
        event.verdict,
        recorded.stream,
    )
    await db.execute(
        "UPDATE dossier SET state = 'appraised' WHERE dossier = $1 AND NOT EXISTS "
        "(SELECT FROM line WHERE line.dossier = $1 AND verdict = '')",
        recorded.stream,
    )


@projection.on(e.LineHeld)
async def held(db: Db, event: e.LineHeld, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE line SET held = true, holds = holds + 1 WHERE dossier = $2 AND line = $1",
        event.line,
        recorded.stream,
    )


@projection.on(e.LineReleased)
async def released(db: Db, event: e.LineReleased, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE line SET held = false WHERE dossier = $2 AND line = $1", event.line, recorded.stream
    )


OUTCOMES: dict[type, str] = {
    e.LineAwarded: "awarded",
    e.LineReferred: "referred",
    e.LineNotAwarded: "not-awarded",
}


@projection.on(e.LineAwarded, e.LineReferred, e.LineNotAwarded)
async def decided(
    db: Db, event: e.LineAwarded | e.LineReferred | e.LineNotAwarded, recorded: Recorded
) -> None:
    await db.execute(
        "UPDATE line SET outcome = $2, decision = $3 WHERE dossier = $4 AND line = $1",
        event.line,
        OUTCOMES[type(event)],
        event.decision,
        recorded.stream,
    )
    await db.execute(
        "UPDATE dossier SET state = 'decided' WHERE dossier = $1 AND NOT EXISTS "
        "(SELECT FROM line WHERE line.dossier = $1 AND outcome = '')",
        recorded.stream,
    )


@projection.on(e.CustodyPassed)
async def custody_passed(db: Db, event: e.CustodyPassed, recorded: Recorded) -> None:
    if event.kind != "dossier":
        await db.execute(
            f"UPDATE {event.kind} SET authority = $2 WHERE {event.kind} = $1",
            recorded.stream,
            event.authority,
        )
        return
    for table in ("dossier", "line"):
        await db.execute(
            f"UPDATE {table} SET unit = $2, authority = $3 WHERE dossier = $1",
            recorded.stream,
            event.unit,
            event.authority,
        )


@projection.on(e.SessionConvened)
async def convened(db: Db, event: e.SessionConvened, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO session VALUES ($1, $2, $3, 'convened', $4, $5, $6, NULL, $7)",
        recorded.stream,
        event.campaign,
        event.authority,
        len(event.members),
        len(event.lines),
        recorded.meta.recorded_at,
        recorded.position,
    )


@projection.on(e.SessionOpened)
async def session_opened(db: Db, _: e.SessionOpened, recorded: Recorded) -> None:
    await db.execute("UPDATE session SET state = 'open' WHERE session = $1", recorded.stream)


@projection.on(e.SessionClosed)
async def session_closed(db: Db, _: e.SessionClosed, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE session SET state = 'closed', closed_at = $2 WHERE session = $1",
        recorded.stream,
        recorded.meta.recorded_at,
    )


@projection.on(e.DecisionDrafted)
async def drafted(db: Db, event: e.DecisionDrafted, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO decision VALUES ($1, $2, $3, $4, 'draft', $5, NULL, NULL, NULL, NULL, $6, $7)",
        recorded.stream,
        event.campaign,
        event.authority,
        event.session,
        len(event.lines),
        recorded.meta.recorded_at,
        recorded.position,
    )


@projection.on(e.DecisionSigned)
async def signed(db: Db, _: e.DecisionSigned, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE decision SET state = 'signed', signed_at = $2 WHERE decision = $1",
        recorded.stream,
        recorded.meta.recorded_at,
    )


@projection.on(e.DecisionNumbered)
async def numbered(db: Db, event: e.DecisionNumbered, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE decision SET state = 'numbered', number = $2, symbol = $3, issued_on = $4 "
        "WHERE decision = $1",
        recorded.stream,
        event.number,
        event.symbol,
        event.issued_on,
    )


@projection.on(e.DecisionPublished)
async def published(db: Db, _: e.DecisionPublished, recorded: Recorded) -> None:
    await db.execute("UPDATE decision SET state = 'published' WHERE decision = $1", recorded.stream)
