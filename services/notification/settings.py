"""Settings of the notification service."""

from libs.serving.settings import ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """`mail_from`: the address that notices come from; its domain also ends every Message-ID."""

    campaign_url: str
    dossier_url: str
    smtp_host: str
    smtp_port: int
    mail_from: str
    smtp_timeout: float = 20.0  # seconds for each answer of the mail server
