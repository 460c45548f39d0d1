"""The comparisons of `rewards verify`: the books against what the facts call for."""
