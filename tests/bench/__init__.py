"""How fast the portal is, as ratios to a page with nothing in it. ``make bench`` runs it."""
