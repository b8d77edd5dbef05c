"""Two lists against each other: annexes of a decree, versions of a roster."""
