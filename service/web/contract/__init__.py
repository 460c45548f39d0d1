"""The OpenAPI document, its examples and the reference page."""
