"""Limitation of each claim on screen: both days with their steps, events, legal's own day."""
