"""Days and spans of time as they are written on the command line."""

from __future__ import annotations

import argparse
import re
from datetime import date, timedelta


def day(text: str) -> date:
    """A day, written ``2026-11-22``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write the day as YYYY-MM-DD") from None


def span(text: str) -> timedelta:
    """A span of time, written ``14d`` or ``2w``."""
    match = re.fullmatch(r"(\d{1,4})([dw])", text)
    if not match:
        raise argparse.ArgumentTypeError("write it as 14d or 2w")
    return timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
