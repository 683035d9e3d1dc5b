"""``python -m planforms`` is the command line."""

import sys

from planforms.cli import main

sys.exit(main())
