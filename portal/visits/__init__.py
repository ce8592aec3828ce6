"""A visit that the client's contract lets him decide on."""
