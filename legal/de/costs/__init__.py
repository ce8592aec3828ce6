"""Costs of collection and of court in Germany: what is owed, how much, and how it is worded."""
