"""Why a file that came back is not read: a code and words for each reason.

Nothing of what stands in the file is repeated, nor what a library says about it.
"""

from __future__ import annotations

from planforms.errors import DataError

_REASONS = {
    "form.foreign": (
        "this is no form of planforms",
        "send in the form that was filled in, as the program saved it",
    ),
    "form.version": (
        "the form was made by a newer version of planforms",
        "read it with that version",
    ),
    "form.flattened": (
        "the form has no fields any more: it was printed into a new file",
        "ask for the file in which it was filled in",
    ),
    "form.scanned": (
        "the file holds pictures of paper",
        "type in what stands there",
    ),
    "form.encrypted": (
        "the file is protected by a password",
        "save it without one",
    ),
    "form.damaged": (
        "the file is damaged",
        "ask for it once more",
    ),
    "form.too_large": (
        "the file is larger than any form",
        "ask for the form alone, without pictures or enclosures",
    ),
    "form.page": (
        "this is the web page itself, not what was written in it",
        "ask for the file that the button on the page saves",
    ),
    "form.macro": (
        "the file holds programs",
        "save it as a document without macros",
    ),
    "form.fields": (
        "the fields of the form are not as they were made",
        "fill in the form anew, without changing anything around the fields",
    ),
}
"""What is wrong, and what to do about it, by code."""


def refusal(code: str, place: str) -> DataError:
    """The error for a file that is not read.

    Args:
        code: one of the codes above.
        place: the format of the file.
    """
    return DataError.of(code, place, *_REASONS[code])
