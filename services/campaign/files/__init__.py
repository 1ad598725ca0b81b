"""From a plan's file as it was given to its text, or why it cannot be read."""
