"""Reports of the house: of one client or of all, at any key date."""
