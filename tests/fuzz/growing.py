"""Templates grown by their grammar: most of them can be read, and do something odd inside."""

from __future__ import annotations

import random

ROOTS = (
    *("case", "case.participant", "case.participant.name", "case.participant.address.town"),
    *("conclusion", "issued_on", "activities", "workplaces", "signatures", "copies", "attendance"),
    *("team", "participant_view", "next_step.direction", "facts.send_by", "facts.copies.words"),
    *("service", "service.organisation.name", "service.documents", "country", "country.secrecy"),
    *("title", "state", "loop", "loop.index", "loop.last", "none", "true", "1", "999999", "'x'"),
    *('"\\ue0000\\ue001"', "'\\u202e'", "m", "a", "a.name", "a.role", "a.signed_on", "a.recipient"),
)
FILTERS = (
    *("date", 'date("short")', "text", "boxes", "boxes(a)", "options", "options(a)", "label"),
    *("lines(3)", "lines(title)", "line", "legend", "demands", "tick(a)", "beyond(team)"),
    *("box_of(a)", "box_of(a, team)", 'box("x")', "box(a)", "box(a, case)", "nothing"),
)
LISTS = ("activities", "workplaces", "signatures", "copies", "team", "case.consents", "a", "title")
TAGS = (
    *("<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li></ul>", "<strong>{}</strong>", "<p>{}<br>{}</p>"),
    *("<dl><dt>x</dt><dd>{}</dd></dl>", '<aside class="note"><p>{}</p></aside>', "<td>{}</td>"),
    *('<p class="choices">{}</p>', "<blockquote><p>{}</p></blockquote>", "<address>{}</address>"),
    *('<section class="staff">{}</section>', "<signature><dt>x</dt><dd>{}</dd></signature>"),
    '<header><img src="logo" alt="{}"><p>{}</p></header>',
    '<table><caption>{}</caption><thead><tr><th scope="col">x</th></tr></thead><tbody>'
    "<tr><td>{}</td></tr></tbody></table>",
)
ODD = (
    *("&#xE000;0&#xE001;", "&#xE0{% if a %}{% endif %}00;0&#xE001;", "&#" + "9" * 5000 + ";"),
    *(
        "\u202e",
        "\x0c",
        "<!-- x -->",
        "<?x?>",
        "<![CDATA[x]]>",
        "<a ",
        "< b",
        "&lt;",
        "</p>",
        "<p/>",
    ),
    *("{% if title == " + "9" * 5000 + " %}{% endif %}", "{% if 1e999 == 1 %}x{% endif %}"),
    *("{% from 5 import x with context %}", "{{ title if title }}", "{% set loop = 1 %}"),
    *("{% macro f(b, b) %}{% endmacro %}", "{{ m(a=1, a=2) }}", "{{ m(__debug__=1) }}", "{{ m }}"),
    *(
        "{% set rendering = title %}{{ rendering }}",
        "{{ 'x'|each }}",
        "{% raw %}{{ x }}{% endraw %}",
    ),
    *(
        "{{ not title }}",
        "{{ (1, 2) }}",
        "{{ {} }}",
        "{{ title is none }}",
        "{{ case[0] }}",
        "{{-a-}}",
    ),
    '{% from "_parts.html" import signing_table as s with context %}{{ s(signatures) }}',
)


class Grower:
    """Grows one small template: the first mistake ends a rendering, so there is room for few."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def template(self) -> str:
        """A whole template."""
        macro = f"{{% macro m(a) %}}{self._item(2)}{{% endmacro %}}"
        items = (self._item(0) for _ in range(self.chance.randint(1, 3)))
        return f"{macro}<h1>{{{{ title }}}}</h1>{''.join(items)}"

    def _item(self, depth: int) -> str:
        what = self.chance.random() if depth < 4 else 1
        if what < 0.2:
            inside = self._item(depth + 1)
            return f"{{% for a in {self.chance.choice(LISTS)} %}}{inside}{{% endfor %}}"
        if what < 0.35:
            inside, other = self._item(depth + 1), self._item(depth + 1)
            return f"{{% if {self._test()} %}}{inside}{{% else %}}{other}{{% endif %}}"
        if what < 0.4:
            return f"{{% with a = {self._value()} %}}{self._item(depth + 1)}{{% endwith %}}"
        if what < 0.45:
            return f"{{% set a = {self._value()} %}}{self._item(depth + 1)}"
        if what < 0.55:
            return f"{{{{ m({self._value()}) }}}}"
        if what < 0.65:
            return self.chance.choice(ODD)
        inside = f"{{{{ {self._value()} }}}}" if what > 0.7 else self._item(depth + 1)
        return self.chance.choice(TAGS).replace("{}", inside)

    def _value(self) -> str:
        value = self.chance.choice(ROOTS)
        for _ in range(self.chance.choice((0, 0, 0, 1, 1, 2))):
            value += f"|{self.chance.choice(FILTERS)}"
        return value

    def _test(self) -> str:
        tests = (
            self._value,
            lambda: f"{self._value()} == {self._value()}",
            lambda: f"{self._value()} != none",
            lambda: f"not {self._value()} or {self._value()}",
        )
        return self.chance.choice(tests)()
