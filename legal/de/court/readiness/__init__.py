"""Whether an application may go to court (Gerichtsreife): every check, each with its sentence."""
