"""What creditors hand in: files become rows with findings, never a crash and never a guess.

The readers are pure: bytes in, frozen dataclasses and findings out. `reading` is the public door;
a row that somebody corrects on a screen goes through the very same code as the row of the file.
"""
