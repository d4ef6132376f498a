"""Pages of officers and coordinators."""
