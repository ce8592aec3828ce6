"""What creditors hand in: files become rows with findings, and rows that are handed over cases.

Nothing handed in is lost: the file is kept as it came, and a row that cannot be accepted stays
with its reason until it is corrected. A row corrected on a screen goes through the same checks.
"""
