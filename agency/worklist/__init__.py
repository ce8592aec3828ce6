"""The worklist: what is to be done next, taken up one case after another."""
