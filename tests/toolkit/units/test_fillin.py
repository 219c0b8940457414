"""The blanks of a sheet: which of them share what room their line has left."""

from __future__ import annotations

from itertools import chain, zip_longest

from handbook.press.books.typeset import fillin
from rows import rows


@rows(
    ("text", "blanks"),
    [
        ("Group … Date …", "fill-in(1) fill-in(1)"),
        ("Day, time, place: … Facilitates: …", "fill-in(3) fill-in(1)"),
        ("日、時刻、会場：… 進行：…", "fill-in(3) fill-in(1)"),
        ("No. in the log …", "fill-in(1)"),
        ("After … meetings, or … days. Quorum: … Agreed on …", "gap gap fill-in(1) fill-in(1)"),
        ("… 回話し合う。定足数 …", "gap fill-in(1)"),
        ("Day 1 is … Read it aloud.", "gap"),
        ("I will ask and answer by …”", "gap"),
        ("What is missing: … ", "fill-in(1)"),
        ("Nothing to fill in.", ""),
    ],
)
def test_blanks_behind_the_last_sentence_share_the_room_of_their_line(
    text: str, blanks: str
) -> None:
    words = [f'#"{part}#gap."' for part in text.split("…")]
    made = fillin.filled("#gap".join(words), text)
    signs = (f"#{each}" for each in blanks.split())
    assert made == "".join(chain(*zip_longest(words, signs, fillvalue="")))


def test_a_blank_stands_beside_what_names_it() -> None:
    assert fillin.filled('#"Date "#gap', "Date …") == '#"Date\N{NO-BREAK SPACE}"#fill-in(1)'


def test_where_code_has_the_sign_of_a_blank_the_text_stays() -> None:
    assert fillin.filled('#"a"#gap', "a … b …") == '#"a"#gap'
