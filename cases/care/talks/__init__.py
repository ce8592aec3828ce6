"""Contacts with a customer that are no dunning (Kundenpflege): planned, held, with an outcome."""
