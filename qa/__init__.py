"""How we answer: passages become a cited, checked answer."""
