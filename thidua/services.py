"""The services of the system by name."""

DATABASE_SERVICES = ("directory", "campaign", "dossier", "notification", "audit")
SERVICES = (*DATABASE_SERVICES, "portal")
