"""The house itself, as letters, filings and payment codes name it."""
