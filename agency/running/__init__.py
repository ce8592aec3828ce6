"""How the program runs: embedded servers, processes, workers, migrations, what is wrong today."""
