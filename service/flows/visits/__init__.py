"""Recording events and missed visits, corrections, and the expected visits."""
