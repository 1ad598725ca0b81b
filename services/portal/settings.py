"""Every environment variable of the portal, once. It has no database and no log."""

import msgspec

from libs.serving.settings import Secret


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Where the services are, and the key that seals cookies (32 bytes in base64).

    `https`: people reach the portal over TLS, so cookies travel over nothing else.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    directory_url: str
    campaign_url: str
    dossier_url: str
    notification_url: str
    audit_url: str
    session_key: Secret
    https: bool = False

    def urls(self) -> dict[str, str]:
        """The services' addresses by name."""
        return {
            "directory": self.directory_url,
            "campaign": self.campaign_url,
            "dossier": self.dossier_url,
            "notification": self.notification_url,
            "audit": self.audit_url,
        }
