"""Upload sheets."""
