"""Reports whose figures tie: one query of facts each, from which sums and lists are both read.

Every fact names its case, so that a figure opens the list it counts; what is grouped, exported or
drawn is the same rows. A key date means: value or booking by that day, as it was known at its end.
"""
