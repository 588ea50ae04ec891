"""What we know: files become searchable passages."""
