"""Courts for litigation: the directory that the house has loaded, and what legal has typed.

Nothing comes with the program. Without a directory a court is typed and said to be unchecked; a
new directory replaces the one before as a whole, and every file that was ever taken is kept.
"""
