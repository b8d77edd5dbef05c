"""A frame and rules to a verdict: what is wrong with which person, and who is held back."""
