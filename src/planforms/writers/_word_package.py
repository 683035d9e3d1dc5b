"""What a Word file that comes from outside consists of: its parts and how they relate.

Only what is named is taken. Of a letterhead shell: page, styles, numbering, theme, fonts, running
headers and footers with their pictures; of an office's own template also the body and its notes.
Comments, custom data and properties stay behind in any case.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from lxml import etree

from planforms.pictures import stripped
from planforms.writers._word_faults import FileFault

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"

_TYPES = "[Content_Types].xml"
MAX_XML_BYTES = 3_000_000

Taking = Mapping[str, frozenset[str]]
"""What each kind of part may bring along; a kind is the last word of a relationship's type."""

OF_LETTERHEAD: Taking = {
    "package": frozenset({"officeDocument"}),
    "officeDocument": frozenset(
        {"styles", "settings", "numbering", "theme", "fontTable", "header", "footer"}
    ),
    "header": frozenset({"image"}),
    "footer": frozenset({"image"}),
    "numbering": frozenset({"image"}),
    "theme": frozenset({"image"}),
    "fontTable": frozenset({"font"}),
}
OF_TEMPLATE: Taking = {
    **OF_LETTERHEAD,
    "officeDocument": OF_LETTERHEAD["officeDocument"] | {"footnotes", "endnotes", "image"},
    "footnotes": frozenset({"image"}),
    "endnotes": frozenset({"image"}),
}

_CORE = "docProps/core.xml"
_CORE_RELATION = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_BINARY = frozenset({"image", "font"})
_NEEDED = ("officeDocument", "styles", "settings")
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)


@dataclass(frozen=True)
class Relation:
    """One part's reference to another, or to something outside.

    Attributes:
        source: name of the part that refers; empty for the package itself.
        target: name of the part that is meant, or an address if ``external``.
    """

    source: str
    identifier: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """What the target is: ``header``, ``image`` and so on."""
        return self.type.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class PackagePart:
    """A part that is taken over: its XML, or the bytes of a picture or a font."""

    name: str
    kind: str
    content_type: str
    content: etree._Element | bytes


@dataclass
class Package:
    """What was read of a Word file.

    Attributes:
        taking: what was taken of it, if it was there.
        parts: the parts taken over, by name.
        relations: the references among them.
        others: the references that were not followed, those to the outside included.
        types: the content type of each part that the archive holds.
        faults: what is damaged or missing.
    """

    taking: Taking
    parts: dict[str, PackagePart] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    others: list[Relation] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    faults: list[FileFault] = field(default_factory=list)

    @property
    def elements(self) -> int:
        """How many elements the parts have that are taken over."""
        return sum(sum(1 for _ in tree.iter()) for _, tree in self.trees())

    def trees(self, *kinds: str) -> Iterator[tuple[str, etree._Element]]:
        """Name and XML of the taken parts, of these kinds or of all."""
        for part in self.parts.values():
            if isinstance(part.content, etree._Element) and (not kinds or part.kind in kinds):
                yield part.name, part.content


def read_package(entries: Mapping[str, bytes], taking: Taking) -> Package:
    """The parts of a file that a document takes over, with everything wrong on the way there."""
    reader = _PackageReader(entries, taking)
    reader.take("", "package")
    return reader.finish()


class _PackageReader:
    def __init__(self, entries: Mapping[str, bytes], taking: Taking) -> None:
        self.entries = entries
        self.package = Package(taking)
        self.types = self._content_types()
        self.relations: dict[str, list[Relation]] = {}
        for relation in (relation for name in entries for relation in self._relations(name)):
            self.relations.setdefault(relation.source, []).append(relation)

    def take(self, source: str, kind: str) -> None:
        for relation in self.relations.pop(source, ()):
            known = relation.kind in self.package.taking.get(kind, ()) and relation.type.startswith(
                OFFICE
            )
            if known and not relation.external:
                self._take_part(relation)
            else:
                self.package.others.append(relation)

    def _take_part(self, relation: Relation) -> None:
        name, kind = relation.target, relation.kind
        self.package.relations.append(relation)
        if name in self.package.parts:
            return
        content = self._content(name, kind)
        if content is not None:
            content_type = self.types.get(name, "")
            self.package.parts[name] = PackagePart(name, kind, content_type, content)
            self.take(name, kind)

    def _content(self, name: str, kind: str) -> etree._Element | bytes | None:
        if kind in _BINARY and name in self.entries:
            return self.entries[name]
        if self.types.get(name) != _expected_type(kind):
            self._note("format", name, f"this is not the {kind} of a plain Word document")
        return self._parse(name)

    def finish(self) -> Package:
        for relations in self.relations.values():
            self.package.others.extend(relations)
        self.package.types = {name: self.types[name] for name in self._parts()}
        kinds = {part.kind for part in self.package.parts.values()}
        for kind in _NEEDED:
            if kind not in kinds:
                self._note("part", "", f"the part {kind} is missing or unreadable")
        return self.package

    def _parts(self) -> list[str]:
        """The parts of the archive, without its folders and its table of types."""
        return [n for n in self.entries if not n.endswith("/") and n != _TYPES]

    def _parse(self, name: str) -> etree._Element | None:
        content = self.entries.get(name, b"")
        if len(content) > MAX_XML_BYTES:
            self._note("size", name, f"more than {MAX_XML_BYTES // 1_000_000} MB of XML")
            return None
        try:
            tree = etree.fromstring(content, _PARSER)
        except (etree.XMLSyntaxError, ValueError):
            self._note("xml", name, "the XML is missing or damaged")
            return None
        if tree.getroottree().docinfo.internalDTD is not None:
            self._note("xml", name, "the XML declares a document type")
            return None
        return tree

    def _relations(self, name: str) -> Iterator[Relation]:
        folder, _, file = name.rpartition("/")
        if posixpath.basename(folder) != "_rels" or not file.endswith(".rels"):
            return
        base = posixpath.dirname(folder)
        tree = self._parse(name)
        for element in () if tree is None else tree.iter(f"{{{RELATIONSHIPS}}}Relationship"):
            target = element.get("Target", "")
            external = element.get("TargetMode", "").strip().lower() == "external"
            if not external:
                target = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
            source = posixpath.join(base, file.removesuffix(".rels"))
            identifier, type_ = element.get("Id", ""), element.get("Type", "")
            yield Relation(source, identifier, type_, target, external)

    def _content_types(self) -> dict[str, str]:
        tree = self._parse(_TYPES)
        defaults: dict[str, str] = {}
        types: dict[str, str] = {}
        for element in () if tree is None else tree:
            content_type = element.get("ContentType", "")
            if element.tag == f"{{{CONTENT_TYPES}}}Default":
                defaults[element.get("Extension", "").lower()] = content_type
            else:
                types[element.get("PartName", "").lstrip("/")] = content_type
        for entry in self.entries:
            types.setdefault(entry, defaults.get(entry.rpartition(".")[2].lower(), ""))
        return types

    def _note(self, kind: str, part: str, message: str) -> None:
        self.package.faults.append(FileFault(kind, part, message))


def _expected_type(kind: str) -> str:
    if kind == "theme":
        return THEME_TYPE
    return f"{WORD_TYPE}.{'document.main' if kind == 'officeDocument' else kind}+xml"


def entries_of(package: Package) -> Iterator[tuple[str, bytes]]:
    """The archive of what was taken, with empty document properties."""
    yield "[Content_Types].xml", _types_xml(package).encode()
    core = Relation("", "planforms-core", _CORE_RELATION, _CORE, False)
    relations = [core, *package.relations]
    for source in dict.fromkeys(relation.source for relation in relations):
        folder, _, file = source.rpartition("/")
        name = f"{folder}/_rels/{file}.rels".lstrip("/")
        yield name, _relations_xml([item for item in relations if item.source == source]).encode()
    yield _CORE, f'<cp:coreProperties xmlns:cp="{_CORE_NAMESPACE}"/>'.encode()
    for part in package.parts.values():
        content = bytes_of(part.content)
        yield part.name, stripped(content) if part.kind == "image" else content


def _relations_xml(relations: list[Relation]) -> str:
    rows = "".join(
        f"<Relationship Id={quoteattr(relation.identifier)} Type={quoteattr(relation.type)} "
        f"Target={quoteattr('/' + relation.target)}/>"
        for relation in relations
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'


def _types_xml(package: Package) -> str:
    types = {part.name: part.content_type for part in package.parts.values()} | {_CORE: _CORE_TYPE}
    rows = "".join(
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(content_type)}/>"
        for name, content_type in types.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{rels}"/>'
    return f'<Types xmlns="{CONTENT_TYPES}">{default}{rows}</Types>'


def bytes_of(content: etree._Element | bytes) -> bytes:
    """A part's content as it stands in the archive."""
    if isinstance(content, bytes):
        return content
    return etree.tostring(content, encoding="UTF-8", standalone=True)
