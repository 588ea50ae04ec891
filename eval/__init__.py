"""Is it right? Cases, measures and gates."""
