"""Meetings (Besprechungen) with large customers and public bodies: invitation, agenda, minutes.

Invariant: a meeting is agreed on, so only the hard rules of contact hold for it; it ends with its
minutes, or cancelled with a reason.
"""
