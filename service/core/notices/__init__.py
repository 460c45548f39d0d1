"""What subscribers are told: notices, deliveries, attempts and the waits between them."""
