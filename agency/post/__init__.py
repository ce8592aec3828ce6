"""The post room: what comes in, what came back, what is printed, what goes by e-mail."""
