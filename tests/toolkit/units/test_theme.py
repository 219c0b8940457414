"""Templates of the theme, compiled once."""

from pathlib import Path

from jinja2 import DictLoader, Environment

from press.core import theme


def _rendered(folder: Path, text: str) -> str:
    env = Environment(loader=DictLoader({"page.html": text}))
    theme.keep_compiled(env, folder)
    return env.get_template("page.html").render()


def test_compiled_templates_are_kept_until_they_are_edited(tmp_path: Path) -> None:
    folder = tmp_path / "build/templates"
    assert _rendered(folder, "{{ 1 + 1 }}") == "2"
    [kept] = folder.iterdir()
    before = kept.read_bytes()
    assert _rendered(folder, "{{ 1 + 1 }}") == "2"
    assert kept.read_bytes() == before
    assert _rendered(folder, "{{ 1 + 2 }}") == "3"
    assert kept.read_bytes() != before


def test_templates_are_rendered_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file", "utf-8")
    assert _rendered(tmp_path / "build/templates", "{{ 1 + 1 }}") == "2"


def test_a_damaged_compiled_template_is_compiled_again(tmp_path: Path) -> None:
    assert _rendered(tmp_path, "{{ 1 + 1 }}") == "2"
    [kept] = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    assert _rendered(tmp_path, "{{ 1 + 1 }}") == "2"
