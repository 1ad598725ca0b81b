"""From the services' answers to what a page shows. No requests here, no rules."""
