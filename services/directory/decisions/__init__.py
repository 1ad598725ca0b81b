"""What may happen, one file per group of decisions. Pure: no clock, no storage, no network."""
