"""Where the people of a run are while it is judged: in this process, or on disk between several."""
