"""What rosters are held against: decrees and, later, lists of participants and of the population."""
