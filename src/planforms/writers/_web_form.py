"""What the fillable web page has around the words of its paper: help, buttons and messages."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from planforms.document import Document
from planforms.forms.identity import identity_of
from planforms.forms.prompts import SAID_BY_SCRIPT
from planforms.writers._body import element, read_style
from planforms.writers._web_controls import tag

SCRIPT = Markup(read_style("fillable.js"))
"""The page's only script; the security policy allows just it."""


def form_around(document: Document, body: Markup) -> Markup:
    """The form: help above the words of the paper, buttons and messages below them."""
    prompts = document.prompts
    said = {f"data_{key}": prompts[key] for key in SAID_BY_SCRIPT}
    said |= {"data_identity": str(identity_of(document)), "data_file": f"{document.kind}.json"}
    parts = (_intro(prompts), body, _errors(prompts), _bar(prompts))
    return element("form", *parts, id="form", autocomplete="off", **said)


def _intro(prompts: Mapping[str, str]) -> Markup:
    lines = (element("p", escape(prompts[key])) for key in ("intro", "unpick", "shared"))
    chooser = tag("input", type="file", id="open", accept=".json,application/json")
    opener = element("label", escape(prompts["open"]), chooser, class_="button")
    return element(
        "div",
        *lines,
        element("noscript", element("p", escape(prompts["script_off"]))),
        element("div", opener, class_="tools", hidden="hidden"),
        class_="intro screen",
    )


def _errors(prompts: Mapping[str, str]) -> Markup:
    """What is to be looked at before it is saved; it takes the focus when it appears."""
    return element(
        "div",
        element("h2", escape(prompts["errors"])),
        element("ul"),
        _button("save-anyway", prompts["save_anyway"]),
        id="errors",
        class_="screen",
        tabindex="-1",
        hidden="hidden",
    )


def _bar(prompts: Mapping[str, str]) -> Markup:
    return element(
        "div",
        _button("save", prompts["save"], "first"),
        _button("print", prompts["print"]),
        _button("clear", prompts["clear"]),
        element("p", id="status", role="status"),
        class_="tools bar screen",
        hidden="hidden",
    )


def _button(identifier: str, words: str, class_: str = "") -> Markup:
    look = {"class_": class_} if class_ else {}
    return element("button", escape(words), type="button", id=identifier, **look)
