"""The care of a client's customers, as the house switches it on."""
