"""Meetings with a debtor: invitation with agenda, minutes that make promises both ways."""
