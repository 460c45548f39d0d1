"""Start the checker: `python3 check.py` in the folder of an unpacked audit pack, or with that folder named.

It needs Python 3.11 or newer and nothing else, asks no other host for anything, and writes nothing.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
# In a pack it lies beside the folder of the checker, and in the service's source inside it.
sys.path.insert(0, str(HERE if (HERE / "checker").is_dir() else HERE.parent))

from checker.main import main  # noqa: E402  its folder must be known first, also with `python3 -I`

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], HERE))
