"""A court dunning proceeding (Mahnverfahren): its states, deadlines and limitation."""
