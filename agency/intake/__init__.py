"""What creditors have handed in, as the house sees it: how far it is, and what we ask back."""
