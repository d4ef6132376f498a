"""The verbs of the second floor: one funnel each."""
