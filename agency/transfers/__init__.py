"""Transfers besides pay-outs: refunds, bills of third parties, our own share, advances asked."""
