"""Money that comes in and goes out: bank statements, the references payments carry, matching
them to cases, and what else a line of the bank was. What this slice holds true: a bank entry is
imported once however often it is delivered, and only an exact reference of ours in the case's
own currency matches by itself; everything else is a proposal that a person accepts."""
