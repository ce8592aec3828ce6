"""A client's papers: order and fee agreement, power of attorney, terms; typed and dated."""
