"""Schema files: what a roster of a programme holds, what an upload form takes, compiled to pandera."""
