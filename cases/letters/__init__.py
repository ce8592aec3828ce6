"""Letters: templates, rendering, dispatch.

Invariant: a letter that was sent is kept as the bytes that left the house, with their hash, and is
never rendered again; what a letter announces is a dated duty of ours.
"""
