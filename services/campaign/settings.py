"""Settings of the campaign service."""

from libs.serving.settings import ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """Beside what every service needs (the directory is followed at `directory_url`): local rules.

    Each file is JSON: `rules_file` see decisions/rules.py, `calendar_file` see
    libs/serving/working_days.py, `limits_file` see deadlines.py, `guidance_rules_file` see
    decisions/guidance_rules.py. Not set: the defaults.
    """

    rules_file: str | None = None
    calendar_file: str | None = None
    limits_file: str | None = None
    guidance_rules_file: str | None = None
