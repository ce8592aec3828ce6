"""What the program could not do by itself, and how the night went. Administration only."""
