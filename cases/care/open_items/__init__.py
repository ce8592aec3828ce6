"""A client's open items (offene Posten): his lists, matched to what is known, and each one's life.

Invariant: what was open on a day is read from the events of that day and before it, so that every
past key date can be counted again; an item without number or due date stays visible.
"""
