"""The accounts' screens: bank statements in, what became of their entries, unmatched payments."""
