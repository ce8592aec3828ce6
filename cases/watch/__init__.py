"""Early warning (Frühwarnung): what a creditor's customer does that speaks of trouble to come.

Each signal is one explained rule; an alert needs two of them, or one strong one.
"""
