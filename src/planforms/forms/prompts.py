"""What a fillable form says beside the words of its paper: hints, buttons and messages."""

from __future__ import annotations

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
    "date_wrong",
    "time_wrong",
    "number_wrong",
    "money_wrong",
    "open",
    "save",
    "save_anyway",
    "print",
    "clear",
    "clear_sure",
    "open_sure",
    "saved",
    "opened",
    "opened_partly",
    "not_opened",
)
"""Every key of them, in ``terms.po`` under ``prompt``. ``{date}`` and ``{time}`` stand for a day
and a time as the language writes them, ``{field}`` for the name of a field, ``{number}`` for the
number of a row."""
