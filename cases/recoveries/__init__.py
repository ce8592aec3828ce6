"""What was recovered, and where cases stand: figures for creditors and for the house.

All figures are read from what is booked; nothing is counted a second way.
"""
