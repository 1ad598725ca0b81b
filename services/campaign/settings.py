"""Settings of the campaign service."""

from libs.serving.settings import ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """Beside what every service needs (the directory is followed at `directory_url`): local rules.

    `evidence_dir`: the folder that keeps plans as they were given. `largest_file`: bytes a plan's
    file may have. `reading_seconds`: how long reading one may take. The others are JSON files, not
    set: the defaults: `rules_file` see decisions/rules.py, `calendar_file` see
    libs/serving/working_days.py, `limits_file` see deadlines.py, `guidance_rules_file` see
    decisions/guidance_rules.py.
    """

    rules_file: str | None = None
    calendar_file: str | None = None
    limits_file: str | None = None
    guidance_rules_file: str | None = None
    evidence_dir: str
    largest_file: int = 20 * 1024 * 1024
    reading_seconds: int = 20
