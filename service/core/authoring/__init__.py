"""Programs as documents: checking them, their digests, worked cases and tables."""
