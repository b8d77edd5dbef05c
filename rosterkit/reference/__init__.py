"""Reference lists that rosters are compared with: decree, participants, population, exceptions, senders."""
