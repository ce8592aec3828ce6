"""Demo data: an invented agency in full swing, two years of work made through the services.

Everything is invented, nothing is drawn by lot twice: the same day gives the same house. No letter
is rendered at the start but those that a court asks for; a worker does the others afterwards.
"""
