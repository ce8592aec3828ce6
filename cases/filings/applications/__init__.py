"""Applications to the court: drafted from a case, checked, mended, released in batches."""
