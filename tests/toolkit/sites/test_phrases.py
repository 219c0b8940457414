"""Where a title is no HTML, it has no marks of where it may break."""

from __future__ import annotations

import json

from lxml import html as lxml_html

from sites import Built


def test_where_titles_are_no_html_they_stay_as_they_are(built: Built) -> None:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    searched = str(json.loads((built[0] / "search/ja.json").read_text("utf-8")))
    for file in built[0].glob("ja/**/index.html"):
        page = lxml_html.document_fromstring(file.read_bytes(), parser=parser)
        words = [page.findtext("head/title"), *page.xpath("//@*")]
        assert [each for each in words if "<wbr" in each] == []
        if page.get("lang") == "ja":  # what is not translated is not searched
            assert page.xpath("string(//h1/text())") in searched
            assert page.xpath("string(//title)").split(" - ")[0] in searched
