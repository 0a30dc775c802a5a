"""Vim and ALE, with the two files of editors/vim."""

import os

from conftest import CONFIGURATIONS


def test_vim_with_ale(machine, organisation):
    machine.install("vim/ale_linters/yaml/rolelint.vim", ".vim/ale_linters/yaml/rolelint.vim")
    # ALE as Debian packs it; hovers in a window, so that they can be read.
    settings = (CONFIGURATIONS / "vim/vimrc").read_text(encoding="utf-8")
    settings += "packadd! ale\nlet g:ale_hover_to_preview = 1\nset hidden\nfiletype plugin on\n"
    (machine.home / ".vimrc").write_text(settings, encoding="utf-8")
    script = os.path.join(os.path.dirname(__file__), "vim.vim")

    saw = machine.run(["vim", "-N", "-u", str(machine.home / ".vimrc"), "-es", "-S", script])

    (problem,) = saw["problems"]
    assert problem.startswith(
        "8:17 unknown-person `yarra` holds the seat of the Scrum Master and is not in the people document"
    )
    assert "Tom Vogel" in saw["hover"]
    assert "Product Owner of team `ovens`" in saw["hover"]
    assert "1) Write `yara`\n2) Add yarra to the people document\n" in saw["questions"][0]
    assert organisation.files() == organisation.mended()
