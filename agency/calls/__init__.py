"""Call mode: everything that one needs before and during a call, on one screen."""
