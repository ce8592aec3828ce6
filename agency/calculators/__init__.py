"""Calculators for everybody on the staff: interest, costs, deadlines, with every step shown."""
