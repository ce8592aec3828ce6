"""Reports by mail: in the rhythm of the contract, to the client's people, who may stop them.

A period is reported once; one in which nothing happened sends no mail. The mail itself names no
claim: what is told lies in its attachments.
"""
