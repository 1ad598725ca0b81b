"""What can be asked about campaigns: one file for each kind of question."""

from libs.eventlog.views import combined
from services.campaign.views import (
    campaigns,
    clusters,
    difficulties,
    guidance,
    registrations,
    reports,
)

projection = combined(
    campaigns.projection,
    guidance.projection,
    registrations.projection,
    clusters.projection,
    reports.projection,
    difficulties.projection,
)
