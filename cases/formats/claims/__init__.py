"""Files of claims: a list, an invoice or an archive of them becomes checked rows with findings."""
