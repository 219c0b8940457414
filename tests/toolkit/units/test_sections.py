"""A page's sections, as they are searched."""

from __future__ import annotations

from handbook.press.core import tree
from handbook.press.search import sections
from handbook.press.search.sections import Section

PAGE = """\
<h1 id="page">The page<a class="headerlink" href="#page">¶</a></h1>
<p>It begins, &amp; has a note.\N{WORD JOINER}<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>
<div class="tab">
<h2 id="tab">A <em>tab</em></h2>
<p>Within
it.</p>
</div>
<p data-search-exclude lang="es">No se busca.</p>
<p>Behind it.</p>
<h2 id="foreign" data-search-exclude>Otra lengua</h2>
<p>Nor this.</p>
<h2 id="terms">Terms</h2>
<dl>
<dt id="chapter">Chapter</dt>
<dt>Branch</dt>
<dd>A group.</dd>
</dl>
<ul><li>One<li>Two</ul>
<pre>a
b</pre>
<p>The end.</p>
<div class="footnote"><hr><ol>
<li id="fn:1"><p>A note. <a class="footnote-backref" href="#fnref:1">↩</a></p><p>Its end.</p></li>
<li id="fn:2"><p>Another.</p></li>
</ol></div>
"""


def cut(html: str) -> list[Section]:
    return sections.cut(tree.parse(html))


def test_what_stands_under_each_heading() -> None:
    assert cut(PAGE) == [
        Section("", "The page", "It begins, & has a note.\nBehind it."),
        Section("tab", "A tab", "Within it."),
        Section("terms", "Terms", "One\nTwo\na\nb\nThe end.\n\nA note.\nIts end.\n\nAnother."),
        Section("chapter", "Chapter", "Branch\nA group."),
    ]


def test_a_page_that_does_not_begin_with_its_title() -> None:
    assert cut("<p>First.</p><h1>No id</h1>") == [Section("", "", "First.\nNo id")]
    assert cut('<p>First.</p><h2 id="x">Then</h2>') == [
        Section("", "", "First."),
        Section("x", "Then", ""),
    ]


def test_what_is_never_closed_loses_no_words() -> None:
    assert (
        cut('<h1 id="a">One</h1><div><p>Two<b>three</div>four</p></i>')[0].text == "Twothree\nfour"
    )
