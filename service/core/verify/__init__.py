"""What `rewards verify` compares: the books against what the facts call for."""
