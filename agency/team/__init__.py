"""The team lead's board: who has what, who is away, and giving work to others."""
