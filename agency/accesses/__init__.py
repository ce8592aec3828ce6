"""Who looked at what: the list of the privacy officer."""
