"""Settings of the audit service."""

from libs.serving.settings import Secret, ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """`audit_key`: PEM of the Ed25519 key that signs checkpoints, under the name `origin`."""

    audit_key: Secret
    origin: str = "thidua/audit"
    campaign_url: str
    dossier_url: str
    notification_url: str
    audit_url: str
    seal_every: float = 2.0  # seconds, when something new has arrived

    def urls(self) -> dict[str, str]:
        """Where the log of each service is read, our own among them."""
        return {
            "directory": self.directory_url,
            "campaign": self.campaign_url,
            "dossier": self.dossier_url,
            "notification": self.notification_url,
            "audit": self.audit_url,
        }
