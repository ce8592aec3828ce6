"""How people get in: links, second factors, recovery codes; each kind of proof in one module."""
