"""A client's customers in his portal: before anything becomes a case."""
