"""Settings of the campaign service."""

from libs.serving.settings import ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """Nothing beyond what every service needs: the directory is followed at `directory_url`."""
