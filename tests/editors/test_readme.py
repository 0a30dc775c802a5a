"""editors/README.md shows every configuration as it is in its file, and the files can be read."""

import json
import re
import tomllib

from conftest import CONFIGURATIONS

README = (CONFIGURATIONS / "README.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"<!-- (\S+) -->\n```\w+\n(.*?)```\n", README, re.DOTALL))


def test_every_configuration_is_shown_as_it_is():
    files = {
        path.relative_to(CONFIGURATIONS).as_posix()
        for path in CONFIGURATIONS.rglob("*")
        if path.is_file() and path.name != "README.md" and path.relative_to(CONFIGURATIONS).parts[0] != "vscode"
    }
    assert set(SHOWN) == files
    for name, shown in SHOWN.items():
        assert shown == (CONFIGURATIONS / name).read_text(encoding="utf-8"), name


def test_every_configuration_can_be_read():
    commands = {
        "kate/settings.json": lambda it: it["servers"]["yaml"]["command"],
        "zed/settings.json": lambda it: [
            it["lsp"]["yaml-language-server"]["binary"]["path"],
            *it["lsp"]["yaml-language-server"]["binary"]["arguments"],
        ],
        "jetbrains/rolelint/template.json": lambda it: it["programArgs"]["default"].split(),
        "sublime/LSP.sublime-settings": lambda it: it["clients"]["rolelint"]["command"],
    }
    for name, command in commands.items():
        assert command(json.loads(SHOWN[name])) == ["rolelint", "server"], name
    server = tomllib.loads(SHOWN["helix/languages.toml"])["language-server"]["rolelint"]
    assert [server["command"], *server["args"]] == ["rolelint", "server"]


def test_every_link_leads_somewhere():
    headings = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", README, re.M)
    }
    for link in re.findall(r"\]\(([^)]+)\)", README):
        if link.startswith("#"):
            assert link[1:] in headings, link
        # The extension for Visual Studio Code is not part of every copy.
        elif not link.startswith("https://") and link != "vscode":
            assert (CONFIGURATIONS / link).exists(), link
