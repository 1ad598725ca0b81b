"""Accounts: opened, signed in to, locked, sessions ended."""

from datetime import datetime, timedelta
from uuid import UUID

from libs.eventlog.events import Event, Personal, Refused
from services.directory.decisions.states import Account
from services.directory.events import (
    AccountLocked,
    AccountOpened,
    SessionEnded,
    SignedIn,
    SignInRefused,
)

SHORTEST_PASSWORD = 12  # characters
FAILURES_UNTIL_LOCKED = 5
LOCKED_FOR = timedelta(minutes=15)


def check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("password-too-short", at_least=SHORTEST_PASSWORD)


def open_account(
    account: Account, account_id: UUID, *, official: UUID, authority: str, username: Personal
) -> list[Event]:
    if account.official == official:
        return []
    if account.official is not None:
        raise Refused("username-taken")
    return [AccountOpened(account_id, official, authority, username)]


def sign_in(account: Account, *, session: UUID, appointment: UUID, at: datetime) -> list[Event]:
    """After the right password. Failures recorded meanwhile count: guessing in parallel is vain."""
    if account.locked(at):
        raise Refused("account-locked")
    return [SignedIn(session, appointment)]


def refuse_sign_in(account: Account, *, at: datetime) -> list[Event]:
    """After a wrong password. While locked nothing is recorded: nobody can fill the log."""
    if account.locked(at):
        return []
    refused = SignInRefused("password")
    if account.failures + 1 < FAILURES_UNTIL_LOCKED:
        return [refused]
    return [refused, AccountLocked(at + LOCKED_FOR)]


def end_session(account: Account, session: UUID) -> list[Event]:
    return [SessionEnded(session)] if session in account.sessions else []
