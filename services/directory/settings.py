"""Settings of the directory."""

from libs.serving.settings import Secret, ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """`signing_key`: PEM of the Ed25519 key that signs tokens. `kek_file`: 32 bytes."""

    signing_key: Secret
    kek_file: str
    admin_password: Secret | None = None  # needed once, while the log is empty
    session_hours: int = 12
    session_idle_minutes: int = 60  # without a sign of life; beyond the life of a token
    one_session: bool = False  # signing in ends the account's other sessions
