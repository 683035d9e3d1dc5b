"""What protects a participant, and what may be taken from them: lists that law and service give.

Both are lists of words, so that a template can print them in a sentence.
"""

from __future__ import annotations

from planforms.languages import Words
from planforms.rules.facts import Fact
from planforms.services.countries import CountryProfile
from planforms.services.profiles import ServiceProfile

RULES = ("discrimination", "benefits")


def protection_facts(
    service: ServiceProfile, country: CountryProfile, words: Words
) -> tuple[Fact, ...]:
    """The grounds of discrimination that the country's law names, and the service's benefits.

    ``benefits`` are those that *may* be reduced after absence without a valid reason; there is no
    such fact where the profile names none.
    """
    law = country.discrimination
    grounds = words.join(words.term("discrimination", ground.value) for ground in law.grounds)
    facts = [Fact("discrimination", None, grounds, law.text, law.checked)]
    if service.consequences and service.consequences.benefits:
        named = words.join(service.consequences.benefits)
        source = service.consequences.source
        facts.append(Fact("benefits", None, named, source, service.consequences.checked))
    return tuple(facts)
