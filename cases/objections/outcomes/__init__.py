"""Verdicts after which nothing is credited: what is not due yet, barred, or owed by others."""
