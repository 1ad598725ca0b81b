"""Thi đua: the command line of the system."""
