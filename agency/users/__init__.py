"""Users: who signs in, with which role."""
