"""How the system is put on machines."""
