"""What the creditor gets (Auskehrung): fee, costs kept, VAT, outlays and the pay-out of a run.

Never more leaves than cleared money, and what is not paid out is carried forward by name.
"""
