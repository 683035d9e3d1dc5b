"""How much a form that comes back may hold."""

from __future__ import annotations

MAX_FILE_BYTES = 20_000_000
"""Most bytes of a file."""
MAX_UNPACKED_BYTES = 200_000_000
"""Most bytes of all that is packed in it."""
MAX_FIELDS = 5_000
"""Most fields that have a value."""
MAX_VALUE_LETTERS = 20_000
"""Most letters in a field."""
MAX_PATH_LETTERS = 300
"""Most letters in the name of a field."""
