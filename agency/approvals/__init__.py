"""Screens of what waits for a second person."""
