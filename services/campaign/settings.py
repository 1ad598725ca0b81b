"""Settings of the campaign service."""

from libs.serving.settings import ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """`calendar_file`: JSON, see libs/serving/working_days.py; `limits_file`: see deadlines.py."""

    calendar_file: str | None = None
    limits_file: str | None = None
