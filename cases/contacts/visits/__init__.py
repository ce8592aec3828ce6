"""Visits (persönliches Aufsuchen): planned, announced, made, reported.

Invariant: no visit is planned against a hard rule of contact, and against a soft one only with the
reason of somebody who may; every visit ends reported, refused by the client or cancelled.
"""
