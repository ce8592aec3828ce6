"""Base rates: which half-years are known, entering a newer one, and what it changes."""
