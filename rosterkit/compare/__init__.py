"""Compares two files: annexes of a decree (``annexes``, ``mutation``), or versions of a roster (``rosters``)."""
