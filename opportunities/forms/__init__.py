"""Input of the second floor."""
