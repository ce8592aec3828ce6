"""Claim accounts of many cases in memory, and the sheet on which bookings are written together."""
