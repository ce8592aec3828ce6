"""Proceedings at court: their events, deadlines, costs and what follows from them."""
