"""The bytes of somebody else's package, changed as little as possible."""
