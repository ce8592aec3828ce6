"""Complaints without an objection, and the causes behind what goes wrong (Beschwerde, Ursache).

A complaint goes to the creditor with a day and comes back answered; it holds nothing. A cause may
stand at a complaint, an objection or a reason for non-payment, and is counted for the creditor.
"""
