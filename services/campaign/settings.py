"""Settings of the campaign service."""

from libs.serving.settings import ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """Beside what every service needs (the directory is followed at `directory_url`): local rules.

    `rules_file`: JSON, see decisions/rules.py.
    """

    rules_file: str | None = None
