"""Letters: completed, previewed as they will be printed, released, kept."""
