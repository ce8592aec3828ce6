"""Objections: recorded, verified with a checklist, decided with a reason."""
