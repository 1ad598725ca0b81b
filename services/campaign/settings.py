"""Settings of the campaign service."""

from libs.serving.settings import ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """The directory is followed at `directory_url`.

    `guidance_rules_file`: JSON, see decisions/guidance_rules.py; not set: the defaults.
    """

    guidance_rules_file: str | None = None
