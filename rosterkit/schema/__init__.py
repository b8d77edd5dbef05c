"""Schema files (YAML): what a roster of a programme holds, what an upload form takes, what membership costs."""
