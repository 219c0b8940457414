"""What a translation may not change of a rendered page, to the letter where no rule reads it."""

from __future__ import annotations

from handbook.bitext.translate import skeleton
from rows import rows

PAGE = '<p title="Words">One <b>two</b> {}<br /></p>\n<script>a < b</script>\n<p>Three</p>'


def allowed(words: str) -> bool:
    return skeleton.skeleton(PAGE.format("")).allows(skeleton.skeleton(PAGE.format(words)))


@rows(
    "words",
    [
        "<img src=x onerror=alert(1)>", "<img/src=x/onerror=alert(1)>", "<img src=x onerror=a ",
        '<a href="x" href=y>', "<a href='x>", "<svg/onload=alert(1)>", "<x-y>", "<P>", "</p", "</>",
        "<!--", "-- ><!-- x -->", "<!x>", "<?php x ?>", "<![CDATA[x]]>", "<script>x</script>",
        "<SCRIPT SRC=//x></SCRIPT >", "<style>@import x", "<ruby onclick=x>", "<abbr title=x id=y>",
        "<b>", '<i title="x">', "<b\n>", "<b/>",
    ],
)  # fmt: skip
def test_what_a_browser_may_take_for_a_tag_is_not_allowed(words: str) -> None:
    assert not allowed(words)


@rows("words", ["", "1 < 2", "<3", "a<", "<<", "< b", "> \"'", "<wbr><ruby>漢</ruby>"])
def test_what_is_text_is_allowed(words: str) -> None:
    assert allowed(words)


def test_words_of_attributes_and_dropped_emphasis_are_allowed() -> None:
    translated = PAGE.format("").replace("Words", "Palabras").replace("<b>two</b>", "dos")
    assert skeleton.skeleton(PAGE.format("")).allows(skeleton.skeleton(translated))


def test_a_tag_that_html_does_not_know_may_stand_elsewhere_in_its_sentence() -> None:
    source = skeleton.skeleton('<p>Press <my-key n="1">a</my-key></p>')
    assert source.allows(skeleton.skeleton('<p><my-key n="1">a</my-key>を押す</p>'))
    assert not source.allows(skeleton.skeleton('<p><my-key n="2">a</my-key></p>'))
    assert not source.allows(skeleton.skeleton('<p>Press</p><my-key n="1">a</my-key>'))
