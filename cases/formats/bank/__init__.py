"""Bank statements: camt, MT940 and the CSV files of banks become one kind of statement."""
