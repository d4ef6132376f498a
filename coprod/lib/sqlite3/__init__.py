"""SQLite, with patience that wakes up in time. ``ENGINE`` of the settings names this package."""
