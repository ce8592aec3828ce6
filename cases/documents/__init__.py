"""What proves a claim (Belege): documents by kind, kept as they came in, with their hash."""
