"""What there is to choose from: services, the keys of a choice, the names of fields.

For interfaces that others build: with these and :mod:`planforms.data_schema` a form asks for what
the data can hold, in the words of a language.
"""

from __future__ import annotations

from planforms.errors import UsageError
from planforms.languages import load_words
from planforms.models.paths import without_items
from planforms.models.shapes import Form, Shape, resolve, with_brackets
from planforms.models.walking import walk_shapes
from planforms.registry import KINDS
from planforms.services import list_services, load_service
from planforms.setting import Folders, folder_paths, read_setting


def service_names(*, services: Folders = None) -> dict[str, str]:
    """The name of each service by its key, as ``case.service`` has it.

    Args:
        services: folders that come before the built-in profiles.

    Raises:
        UsageError: there is no such folder.
        ProfileError: a profile has a mistake.
    """
    folders = folder_paths(services)
    return {key: load_service(key, folders).name for key in list_services(folders)}


def choices(
    path: str,
    *,
    service: str,
    language: str | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> dict[str, str]:
    """The keys that a choice can have in a service, each with its name in a language.

    They stand in the order in which forms offer them; measures that have ended are left out.

    Args:
        path: the path of a choice in any kind of document, such as ``case.closure.category`` or
            ``signatures[].role``.
        service: the key of the service.
        language: a language; the service's own if not given.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.

    Raises:
        UsageError: no document has such a choice, or there is no such service, language or folder.
        TemplateError: the language lacks a word.
        ProfileError: a service or country profile has a mistake.
    """
    shape = _choice(path)
    setting = read_setting(service, language, templates=templates, services=services)
    offered = setting.options(shape, ended=False)
    vocabulary = shape.vocabulary or shape.label_key
    return {key: setting.name(vocabulary, key) for key in offered}


def _choice(path: str) -> Shape:
    models = [kind.model for kind in KINDS.values()]
    found = (resolve(model, with_brackets(model, without_items(path)) or path) for model in models)
    shapes = [shape.item or shape for shape in found if shape]
    choice = next((shape for shape in shapes if shape.form is Form.CHOICE), None)
    if choice is None:
        what = "is not a choice" if shapes else "no document has such a field"
        raise UsageError.of("data.path", path, what, "planforms schema KIND lists the paths")
    return choice


def labels(kind: str, language: str, *, templates: Folders = None) -> dict[str, str]:
    """What the fields of a kind of document are called in a language, by path.

    Paths through lists have ``[]``, as in ``activities[].name``. What has no name is left out.

    Args:
        kind: the kind of document.
        language: a language, such as ``no`` or ``nb-NO``.
        templates: folders that come before the built-in templates.

    Raises:
        UsageError: there is no such kind, language or folder.
        TemplateError: ``terms.po`` or ``locale.toml`` of the language cannot be read.
    """
    words = load_words(language, folder_paths(templates))
    fields = walk_shapes(KINDS.named(kind).model)
    return {
        path: words.term("field", shape.label_key)
        for path, shape in fields
        if not path.endswith("[]") and words.has("field", shape.label_key)
    }
