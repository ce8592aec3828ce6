"""What a creditor decides about plans beyond the limits of his contract."""
