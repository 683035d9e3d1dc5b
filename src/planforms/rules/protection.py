"""What protects a participant, and what may be taken from them: lists that law and service give.

Both are lists of words, so that a template can print them in a sentence.
"""

from __future__ import annotations

from planforms.rules.facts import Fact
from planforms.setting import Setting

RULES = ("discrimination", "benefits")


def protection_facts(setting: Setting) -> tuple[Fact, ...]:
    """The grounds of discrimination that the country's law names, and the service's benefits.

    ``benefits`` are those that *may* be reduced after absence without a valid reason; there is no
    such fact where the profile names none.
    """
    words, law = setting.words, setting.country.discrimination
    grounds = words.join(words.term("discrimination", ground.value) for ground in law.grounds)
    facts = [Fact("discrimination", None, grounds, law.text, law.checked)]
    rule = setting.service.consequences
    if rule and rule.benefits:
        facts.append(Fact("benefits", None, words.join(rule.benefits), rule.source, rule.checked))
    return tuple(facts)
