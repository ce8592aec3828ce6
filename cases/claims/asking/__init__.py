"""What a client wants to decide himself, what he was asked about a case, and what he said."""
