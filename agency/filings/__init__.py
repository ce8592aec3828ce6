"""The legal workbench: filings, court mail, proceedings, deadlines, the court file of a case."""
