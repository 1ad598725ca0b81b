"""The embedded run: PostgreSQL, NATS, a mail sink and the six services on one machine."""
