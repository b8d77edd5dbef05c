"""From a file to raw cells, from raw cells to a roster, from a roster to typed columns."""
