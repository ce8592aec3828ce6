"""A debtor has died: the probate court is asked, and the heirs take his place."""
