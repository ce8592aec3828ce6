"""What a client decides and sets for the whole company, and what its sales people see."""
