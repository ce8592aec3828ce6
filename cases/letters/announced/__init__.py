"""What letters announce becomes a dated duty of ours, kept or dropped, never forgotten."""
