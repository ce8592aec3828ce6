"""The accounts room: statements as documents, trial balance, journal, closing, tax adviser."""
