"""Settings of the campaign service."""

from libs.serving.settings import ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """Beside what every service needs: the folder that keeps plans as they were given.

    `largest_file`: bytes a plan's file may have. `reading_seconds`: how long reading one may take.
    """

    evidence_dir: str
    largest_file: int = 20 * 1024 * 1024
    reading_seconds: int = 20
