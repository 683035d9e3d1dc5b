"""What forms and plain text say beside the words of their paper: hints, buttons and messages."""

from __future__ import annotations

SAID_BY_SCRIPT = (
    "date_wrong",
    "time_wrong",
    "number_wrong",
    "money_wrong",
    "clear_sure",
    "open_sure",
    "saved",
    "opened",
    "opened_partly",
    "not_opened",
)
"""The keys of what the web page says while somebody fills it in."""

SAID_BY_TEXT = ("text_boxes", "text_blanks")
"""The keys of what plain text says of the signs in it."""

PROMPTS = (
    "intro",
    "shared",
    "unpick",
    "script_off",
    "write",
    "pick",
    "row",
    "date_form",
    "date",
    "errors",
    "open",
    "save",
    "save_anyway",
    "print",
    "clear",
    *SAID_BY_SCRIPT,
    *SAID_BY_TEXT,
)
"""Every key of them, in ``terms.po`` under ``prompt``. ``{date}`` and ``{time}`` stand for a day
and a time as the language writes them, ``{field}`` for the name of a field, ``{number}`` for the
number of a row."""
