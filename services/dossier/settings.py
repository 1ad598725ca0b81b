"""Every environment variable of the dossier service, once."""

from libs.serving.settings import Secret, ServiceSettings


class Settings(ServiceSettings, frozen=True, kw_only=True):
    """Beside what every service needs: keys for personal data, the folder of papers, CAMPAIGN.

    `kek_file`: 32 bytes that wrap the keys of persons. `pseudonym_key`: makes the pseudonyms of
    nominees; another key would hide that two units name the same person. `rules_file`: JSON, see
    decisions/rules.py.
    """

    port: int = 8083
    kek_file: str
    pseudonym_key: Secret
    evidence_dir: str
    campaign_url: str
    rules_file: str | None = None
