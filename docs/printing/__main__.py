"""Writes the printed parts of the pages, and the catalogs of texts; names the files that changed."""

import sys

from docs.printing import write
from docs.printing.catalogs import write as write_catalogs

if __name__ == "__main__":
    sys.stdout.writelines(f"docs/{path.name}\n" for path in write())
    sys.stdout.writelines(f"schemas/languages/{path.name}\n" for path in write_catalogs())
