"""Applications as the German dunning courts want them; nothing else here names that country."""
