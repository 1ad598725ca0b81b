"""Reading the text of a campaign's plan into a draft. Pure: no clock, no storage, no network."""
