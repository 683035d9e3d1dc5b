"""What protects a participant, and what may be taken from them: lists that law and service give.

Both are lists of words, so that a template can print them in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

from planforms.languages import Words
from planforms.rules.facts import Fact
from planforms.services.countries import Ground
from planforms.setting import Setting

RULES = ("discrimination", "promised_grounds", "benefits")


def protection_facts(setting: Setting) -> tuple[Fact, ...]:
    """The grounds of discrimination that the country's law names, and what the service adds.

    ``promised_grounds`` are those that the service promises beyond the law; ``benefits`` are those
    that *may* be reduced after absence without a valid reason. There are no such facts where the
    profile names none.
    """
    words, law = setting.words, setting.country.discrimination
    facts = [Fact("discrimination", None, _named(law.grounds, words), law.text, law.checked)]
    promised = setting.service.promises.grounds
    if promised:
        facts.append(Fact("promised_grounds", None, _named(promised, words), setting.service.name))
    rule = setting.service.consequences
    if rule and rule.benefits:
        facts.append(Fact("benefits", None, words.join(rule.benefits), rule.source, rule.checked))
    return tuple(facts)


def _named(grounds: Iterable[Ground], words: Words) -> str:
    return words.join(words.term("discrimination", ground.value) for ground in grounds)
