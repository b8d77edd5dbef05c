"""Upload sheets: written anew, or into a template that was downloaded."""
