"""What follows from what the others tell, one file per topic."""
