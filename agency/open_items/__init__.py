"""The monthly comparison with clients ' open items."""
