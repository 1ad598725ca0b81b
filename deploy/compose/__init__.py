"""The system on one host with Docker Compose: docker-compose.yml at the root names these parts."""
