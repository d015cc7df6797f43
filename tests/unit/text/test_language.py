from __future__ import annotations

import pytest

from qualcase.text.language import detect_language

TEXTS = {
    "en": (
        "I think that we were not ready for it, and there was nobody in the network who would take "
        "the work on when the money had gone. What do you do then? You wait, and you hope that they "
        "come back to you."
    ),
    "de": (
        "Ich glaube, dass wir nicht bereit waren, und es war niemand im Netzwerk, der die Arbeit auf "
        "sich nehmen wollte, wenn das Geld weg ist. Das war auch mit den anderen so, aber wir haben "
        "noch gewartet."
    ),
    "nb": (
        "Jeg tror ikke at vi var klare for det, og det var ingen i nettverket som ville ta arbeidet "
        "etter at pengene ble borte. Hva gjør man da? Noe av det ble bedre, men det er mye å ta tak i "
        "for meg."
    ),
    "da": (
        "Jeg tror ikke at vi var klar til det, og der var ingen i netværket som ville tage arbejdet "
        "efter at pengene blev væk. Hvad gør man så? Noget af det blev bedre, men det er meget for "
        "mig, også nu."
    ),
    "sv": (
        "Jag tror inte att vi var redo för det, och det var ingen i nätverket som ville ta arbetet "
        "efter att pengarna var borta. Vad gör man då? Något av det är bättre, men det är mycket för "
        "mig också."
    ),
    "fi": (
        "Minä en tiedä, mutta se oli niin että me emme olleet valmiita, ja kun rahat loppuivat, ei "
        "ole ketään joka sitten tekisi sen. Mitä nyt? Se on vain niin kuin se on, jos hän ei tule, ja "
        "ne ovat myös siitä."
    ),
    "fr": (
        "Je pense que nous ne sommes pas prêts pour cela, et il est vrai que dans le réseau on ne "
        "sait pas qui est là. Mais avec les autres, c'était plus simple, et vous le savez, elle est "
        "sur la liste."
    ),
    "es": (
        "Yo creo que no estamos listos para eso, y en la red no hay una persona que se lo lleve "
        "cuando el dinero se acaba. Pero con los otros es más fácil, y por eso me gusta como está, "
        "muy bien."
    ),
    "nl": (
        "Ik denk dat we er nog niet klaar voor zijn, en het is niet zo dat er in het netwerk een is "
        "die dat wil. Maar met de anderen was het wel beter, ook als ze niet hebben wat wij van ze "
        "willen."
    ),
    "it": (
        "Io penso che non siamo pronti per questo, e nella rete non c'è una persona che lo fa. Ma con "
        "gli altri era più facile, anche se non sono qui, perché mi piace come è, e la cosa del "
        "gruppo è di tutti."
    ),
    "pt": (
        "Eu acho que não estamos prontos para isso, e na rede não há uma pessoa que o faça quando o "
        "dinheiro acaba. Mas com os outros foi mais fácil, também por isso é muito bom, e ele está "
        "como uma ponte."
    ),
}


@pytest.mark.parametrize("language", TEXTS)
def test_each_language_is_known_by_its_small_words(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text", ["", "Yes.", "1.2 3.4 " * 100, "Zakim RRSAgent dauwhe " * 40, "我们走吧。" * 50]
)
def test_what_is_not_sure_is_not_said(text: str) -> None:
    assert detect_language(text) is None


def test_a_text_of_two_languages_is_neither() -> None:
    assert detect_language(TEXTS["fi"] + TEXTS["de"]) is None
