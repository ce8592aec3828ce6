"""Reminders in a client's own name: his terms, his list, what went out and comes next."""
