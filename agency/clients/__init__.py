"""Screens of the clients: list, master data, contract, bank details, history."""
