"""Accounts: opened, signed in to, locked, sessions ended."""

from datetime import datetime, timedelta
from uuid import UUID

from libs.eventlog.events import Event, Personal, Refused
from libs.serving.acting import Acting
from services.directory.decisions.access import may_administer
from services.directory.decisions.states import Account, Official
from services.directory.events import (
    AccountLocked,
    AccountOpened,
    AccountUnlocked,
    HatChosen,
    PasswordChanged,
    PasswordReset,
    SessionEnded,
    SignedIn,
    SignInRefused,
)

SHORTEST_PASSWORD = 12  # characters
FAILURES_UNTIL_LOCKED = 5
LOCKED_FOR = timedelta(minutes=15)
ENDINGS = ("idle", "ended-elsewhere", "replaced", "password-changed", "password-reset")


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


def end_session(account: Account, session: UUID, reason: str = "") -> list[Event]:
    return [SessionEnded(session, reason)] if session in account.sessions else []


def end_others(account: Account, session: UUID | None, reason: str) -> list[Event]:
    """All sessions but this one."""
    others = sorted(account.sessions - {session})
    return [SessionEnded(other, reason) for other in others]


def choose_hat(
    account: Account, session: UUID, appointment: UUID, delegation: UUID | None
) -> list[Event]:
    if session not in account.sessions:
        raise Refused("not-found")
    if account.hats.get(session) == (appointment, delegation):
        return []
    return [HatChosen(session, appointment, delegation)]


def change_password(account: Account, account_id: UUID, *, session: UUID | None) -> list[Event]:
    """After the right old password; whoever else is signed in with it is signed out."""
    return [PasswordChanged(account_id), *end_others(account, session, "password-changed")]


def reset_password(
    account: Account, account_id: UUID, holder: Official, *, reason: str, by: Acting
) -> list[Event]:
    _administers_holder(account, holder, by)
    return [PasswordReset(account_id, reason), *end_others(account, None, "password-reset")]


def unlock(
    account: Account, account_id: UUID, holder: Official, *, reason: str, at: datetime, by: Acting
) -> list[Event]:
    _administers_holder(account, holder, by)
    return [AccountUnlocked(account_id, reason)] if account.locked(at) else []


def _administers_holder(account: Account, holder: Official, by: Acting) -> None:
    """Of every authority the holder acts for: nobody becomes, by a password, more than they are."""
    if account.official is None:
        raise Refused("not-found")
    for authority in {account.authority, *(a.authority for a in holder.appointments)}:
        may_administer(by, authority)
    if by.official == account.official:
        raise Refused("same-person")
