"""A made-up final report that uses every node of the document tree, for the tests of the writers.

Nobody in it exists.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw

from planforms.document import (
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Break,
    Cell,
    Chart,
    ChartKind,
    CheckBox,
    Choices,
    Description,
    DescriptionList,
    Document,
    Emphasis,
    Field,
    Fields,
    FieldType,
    Footer,
    Heading,
    Inline,
    Letterhead,
    List,
    Logo,
    Paragraph,
    Pictogram,
    Pictured,
    Place,
    Quote,
    Section,
    SectionKind,
    State,
    Stroke,
    Strong,
    Table,
    Text,
    Window,
    inlines_of,
)
from planforms.markup.charts import chart_of

LONG_ADDRESS = "https://eksempel.test/" + "arbeidspraksis" * 6
DESCRIPTION = (
    "Ingrid har vært i arbeidspraksis i kantina og på lageret fra mars til august. Hun begynte med "
    "to dager i uken og har siden mai arbeidet fire dager i uken, fem timer hver dag. Oppgavene "
    "har vært varemottak, rydding, enkel matlaging og betjening av kassa. Arbeidsgiveren beskriver "
    "henne som pålitelig og nøyaktig, og arbeidsoppgavene ble tilpasset gradvis, slik at hun "
    "kunne prøve seg på mer krevende arbeid etter hvert som utholdenheten ble bedre."
)


def sample(*extra: Block) -> Document:
    """The report; ``extra`` blocks stand before its signatures."""
    return Document(
        kind="final_report",
        language="nb",
        locale="nb-NO",
        title="Sluttrapport",
        author="Lillevik kommune",
        state=State.DRAFT,
        issued_on=date(2026, 9, 7),
        accent="#1f5c4d",
        footer=Footer("Sak 2026/114 · Sluttrapport", "Side {page} av {pages}"),
        blocks=(
            *_opening(),
            *_facts(),
            *_account(),
            *_devices(),
            progress(),
            closures(),
            _attendance(30),
            *extra,
            *_ending(),
            slip(),
        ),
    )


def document_of(*blocks: Block) -> Document:
    """A document of nothing but the given blocks below its title."""
    return Document(
        kind="note",
        language="nb",
        locale="nb-NO",
        title="Notat",
        author="Lillevik kommune",
        state=State.FINAL,
        issued_on=None,
        accent="#1f5c4d",
        footer=Footer("Notat", "Side {page} av {pages}"),
        blocks=(Heading(1, (Text("Notat"),)), *blocks),
    )


def paragraph(*words: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(word) if isinstance(word, str) else word for word in words))


def entry(label: str, *value: str | Block) -> Description:
    blocks = (paragraph(part) if isinstance(part, str) else part for part in value)
    return Description((Text(label),), tuple(blocks))


def filled(label: str, text: str, kind: FieldType = FieldType.LINE) -> Field:
    return Field(f"case.{label.lower()}", kind, label, text)


def blank(label: str, lines: int = 1, kind: FieldType = FieldType.LINE) -> Field:
    return Field(f"case.{label.lower()}", kind, label, None, lines)


def rated(name: str, *values: int | str) -> tuple[Cell, ...]:
    """A row of a table that is drawn: its name, and numbers or words."""
    cells = (
        filled(f"{name}.{n}", str(value), FieldType.NUMBER) if isinstance(value, int) else value
        for n, value in enumerate(values)
    )
    head = Cell((paragraph(name),), header=True)
    return head, *(Cell((paragraph(cell),)) for cell in cells)


def chart(kind: ChartKind, heads: tuple[str, ...], *rows: tuple[Cell, ...]) -> Chart:
    """A table that is drawn, on a scale from 1 to 5 if it is one of lines."""
    fields = [node for row in rows for cell in row for node in inlines_of(cell.children)]
    places = {
        node.path: Place(node.type, node.label, raw=node.text)
        for node in fields
        if isinstance(node, Field)
    }
    first = 100 - 20 * (len(heads) - 1)
    widths = (first, *(20,) * (len(heads) - 1))
    head = tuple(Cell((paragraph(words),), header=True) for words in heads)
    table = Table((Text("Slik har det gått"),), widths, head, rows)
    drawn = chart_of(kind, table, places, (1, 5) if kind is ChartKind.LINES else None)
    assert drawn
    return drawn


def progress() -> Chart:
    """How somebody rated themself three times."""
    return chart(
        ChartKind.LINES,
        ("Spørsmål", "Ved start", "Etter et halvt år", "Etter et år"),
        rated("Jeg vet hva jeg vil arbeide med", 1, 3, 5),
        rated("Jeg sover godt", 3, "ville ikke svare", 3),
        rated(
            "Jeg tror at jeg kan klare en jobb, også på dager som er tunge å komme gjennom", 2, 4, 3
        ),
    )


def closures() -> Chart:
    """How many ended for which reason, some of which are not told."""
    return chart(
        ChartKind.BARS,
        ("Grunn", "Antall"),
        rated("Arbeid", 12),
        rated("Utdanning", 7),
        rated("Behandling", "færre enn 5"),
    )


def option(label: str, *, checked: bool = False) -> Paragraph:
    return paragraph(CheckBox("next_step", label.lower(), label, checked))


def logo() -> Logo:
    """A small picture with a transparent ground."""
    picture = Image.new("RGBA", (240, 80), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 78), (40, 8), (80, 78)], fill="#1f5c4d")
    draw.polygon([(50, 78), (95, 28), (140, 78)], fill="#7fa89c")
    draw.ellipse([170, 12, 226, 68], fill="#d9a441")
    file = BytesIO()
    picture.save(file, "PNG")
    return Logo(file.getvalue(), "Lillevik kommune", *picture.size)


def _devices() -> tuple[Block, ...]:
    """What a form has beside running words."""
    reading = Fields((entry("Leser", paragraph(option("Godt").children[0])),), (12,))
    helpers = tuple(option(name).children for name in ("Fullmektig", "Verge", "Støttekontakt"))
    beside = (
        (Heading(2, (Text("Det som hjelper"),)), paragraph(blank("Ressurser", 3, FieldType.TEXT))),
        (Heading(2, (Text("Det som er i veien"),)), paragraph("Lang reisevei, og tidlige vakter.")),
    )
    staff = Fields((entry("Forklart av", paragraph(blank("Forklart av"))),), (6,))
    return (
        Heading(2, (Text("Deg selv"),)),
        Fields(
            (
                entry("Navn", paragraph(filled("Navn", "Ingrid Åsmundsdatter Øvrebø"))),
                entry("Født", paragraph(blank("Født", kind=FieldType.DATE))),
                entry("Om deg", paragraph(blank("Om deg", 2, FieldType.TEXT))),
            ),
            (8, 4, 12),
        ),
        reading,
        Choices((Text("Har du noen som hjelper deg?"),), helpers),
        Choices((Text("Eller noen andre?"),), helpers, columns=2),
        Beside(beside),
        Pictured(Pictogram.PEN, "Penn", (paragraph("Bruk penn."),)),
        matrix(),
        signing_table(),
        Section(SectionKind.STAFF, (Heading(2, (Text("Fylles ut av oss"),)), staff)),
        Box(BoxKind.LAW, (paragraph("Taushetsplikt: forvaltningsloven §§ 13 til 13 e."),)),
    )


def matrix() -> Table:
    """Boxes for each pair of a row and a column, the rows in two groups."""

    def row(label: str) -> tuple[Cell, ...]:
        boxes = (CheckBox("shared", f"{label}{n}", label, n == 1, bare=True) for n in range(2))
        return (named(label), *(Cell((paragraph(box),)) for box in boxes))

    def named(*words: str) -> Cell:
        return Cell(tuple(paragraph(word) for word in words), header=True)

    head = (named("Kan vi dele?"), named("Nav Lillevik"), named("Fastlegen"))
    rows = (row("Ja"), (named("Hvis ja: hva?"),), row("Helse"), row("Økonomi"))
    return Table((Text("Kryss av for hver mottaker."),), (40, 30, 30), head, rows, matrix=True)


def signing_table(*names: str) -> Table:
    """Who signs: a participant and a caseworker; the first alone has a name if nothing is said."""
    names = names or ("Ingrid Øvrebø", "")
    head = tuple(Cell((paragraph(word),)) for word in ("Rolle", "Navn", "Underskrift"))
    rows = tuple(
        (
            Cell((paragraph(role),), header=True),
            Cell((paragraph(filled("Navn", name)),) if name else (paragraph(blank("Navn")),)),
            Cell((paragraph(Stroke("Underskrift")),), lines=2),
        )
        for role, name in zip(("Deltaker", "Veileder"), names, strict=True)
    )
    return Table((Text("Den som skriver under"),), (20, 30, 50), head, rows)


def slip() -> Section:
    """A slip on its own sheet, to be sent in a window envelope."""
    return Section(
        SectionKind.SHEET,
        (
            paragraph("Behold dette arket."),
            AddressWindow(
                (Text("Lillevik kommune"), Break(), Text("Strandgata 4, 9999 Lillevik")),
                Window(25, 45, 85, 40),
            ),
            Heading(2, (Text("Jeg trekker samtykket"),)),
            Fields((entry("Ditt navn", paragraph(Stroke("Navn"))),), (12,)),
        ),
    )


def _opening() -> tuple[Block, ...]:
    sender = (
        paragraph(Strong((Text("Lillevik kommune"),)), " · Arbeid og aktivitet"),
        paragraph(
            "Strandgata 4, 9999 Lillevik", Break(), "Telefon 00 00 00 00 · post@lillevik.test"
        ),
    )
    summary = DescriptionList(
        (
            entry("Til", paragraph(filled("Mottaker", "NAV Lillevik"))),
            entry("Frist", paragraph(filled("Frist", "14. september 2026", FieldType.DATE))),
            entry("Hva du skal gjøre", "Les konklusjonen og gi svar innen fristen."),
        )
    )
    return (
        Letterhead(logo(), sender),
        Heading(1, (Text("Sluttrapport"),)),
        Box(BoxKind.NOTE, (paragraph(Strong((Text("Utkast."),)), " Rapporten er ikke ferdig."),)),
        Box(BoxKind.SUMMARY, (Heading(2, (Text("Kort sagt"),)), summary)),
    )


def _facts() -> tuple[Block, ...]:
    period = paragraph(
        filled("Fra", "2. mars 2026", FieldType.DATE),
        " til ",
        filled("Til", "24. august 2026", FieldType.DATE),
    )
    return (
        Heading(2, (Text("Om tiltaket"),)),
        DescriptionList(
            (
                entry("Deltaker", paragraph(filled("Deltaker", "Ingrid Åsmundsdatter Øvrebø"))),
                entry("Saksnummer", paragraph(filled("Saksnummer", "2026/114"))),
                entry(
                    "Tiltak", paragraph(filled("Tiltak", "Arbeidspraksis i skjermet virksomhet"))
                ),
                entry("Periode", period),
                entry(
                    "Kontaktperson hos den som bestilte tiltaket",
                    paragraph(filled("Kontakt", "Per Eksempel\nNAV Lillevik\nTelefon 00 00 00 01")),
                ),
                entry("Stillingsprosent", paragraph(blank("Prosent", kind=FieldType.NUMBER))),
                entry("Ansvarlig veileder", paragraph(blank("Veileder"))),
                entry("Tilrettelegging", paragraph(blank("Tilrettelegging", 3, FieldType.TEXT))),
                entry("Deltakerens egne ord", DESCRIPTION, "Dette er lest gjennom sammen."),
            )
        ),
    )


def _account() -> tuple[Block, ...]:
    steps = List(
        ordered=True,
        items=(
            (paragraph("Kartlegging av ressurser og ønsker."),),
            (
                paragraph("Utprøving i to avdelinger:"),
                List(ordered=False, items=((paragraph("kantina"),), (paragraph("lageret"),))),
            ),
            (paragraph("Avsluttende samtale."), paragraph("Alle tre var til stede.")),
        ),
    )
    choices = paragraph(
        CheckBox("next_step", "work", "Arbeid", checked=True),
        Break(),
        CheckBox("next_step", "study", "Utdanning", checked=False),
        Break(),
        CheckBox("next_step", "other", "Annet tiltak", checked=False),
    )
    return (
        Heading(2, (Text("Beskrivelse av arbeidspraksisen"),)),
        paragraph(DESCRIPTION),
        paragraph(
            "Målet var ",
            Strong((Text("fast arbeid i halv stilling"),)),
            ", og vurderingen er at det er ",
            Emphasis((Text("innen rekkevidde"),)),
            " før ",
            blank("Dato", kind=FieldType.DATE),
            ". Se også ",
            LONG_ADDRESS,
            " for mer om ordningen.",
        ),
        Quote(
            (paragraph("Jeg har lært mye, og jeg gleder meg til å gå på jobb <igjen> & igjen."),)
        ),
        Heading(3, (Text("Slik gikk vi fram"),)),
        steps,
        paragraph("Ord med andre bokstaver: Čáhppe, Łódź, đŋŧž, Київ, αβγ, 5 €."),
        Heading(2, (Text("Konklusjon"),)),
        choices,
        paragraph(blank("Begrunnelse", 4, FieldType.TEXT)),
    )


def _attendance(weeks: int) -> Table:
    head = ("Uke", "Oppgaver", "Dager", "Merknad")
    rows = tuple(
        (
            Cell((paragraph(f"Uke {week}"),), header=True),
            Cell((paragraph("Kantina: varemottak, rydding og betjening av kassa"),)),
            Cell((paragraph(filled("Dager", "4", FieldType.NUMBER)),)),
            Cell(
                (paragraph(blank("Merknad")) if week % 7 == 0 else paragraph("Møtte som avtalt"),)
            ),
        )
        for week in range(1, weeks + 1)
    )
    return Table(
        caption=(Text("Oppmøte uke for uke"),),
        widths=(14, 46, 12, 28),
        head=tuple(Cell((paragraph(words),), header=True) for words in head),
        rows=rows,
    )


def _ending() -> tuple[Block, ...]:
    advice = (
        Heading(2, (Text("Før du skriver under"),)),
        List(
            ordered=False,
            items=(
                (paragraph("Du kan ta rapporten med hjem og lese den i ro."),),
                (paragraph("Du kan få hjelp til å lese og skrive."),),
                (paragraph("Du kan si nei til å skrive under."),),
            ),
        ),
    )
    return (
        Box(BoxKind.SIGN, advice),
        Heading(2, (Text("Underskrifter"),)),
        paragraph("Rapporten er lest av begge parter, og hver part får et eksemplar."),
        signing_table("Ingrid Åsmundsdatter Øvrebø", "Ola Veiviser"),
    )
