"""Writes the printed parts of the pages, and names the pages that changed."""

import sys

from docs.printing import write

if __name__ == "__main__":
    sys.stdout.writelines(f"docs/{path.name}\n" for path in write())
