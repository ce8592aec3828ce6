"""Days that the house must not miss: registration, insurance, duties towards the authority."""
