"""The HTTP routes, one module for each resource; each is thin and calls the parts it is given."""
