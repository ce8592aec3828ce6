"""The monthly comparison with a client's open items: what he no longer shows as open was perhaps
paid to him and never told us. Each difference is a question to him; his answer is his report.
"""
