"""Neovim, with the two files of editors/neovim."""

import os


def test_neovim(machine, organisation):
    machine.install("neovim/init.lua", ".config/nvim/init.lua")
    machine.install("neovim/lsp/rolelint.lua", ".config/nvim/lsp/rolelint.lua")
    neovim = os.environ.get("NEOVIM", "nvim")
    script = os.path.join(os.path.dirname(__file__), "neovim.lua")

    saw = machine.run([neovim, "--headless", "-c", f"luafile {script}"])

    assert saw["clients"] == ["rolelint"]
    assert saw["root"] == str(organisation.folder)
    assert saw["problems"] == [
        "8:17 unknown-person `yarra` holds the seat of the Scrum Master and is not in the people document"
    ]
    assert saw["hover"].splitlines() == [
        "**Tom Vogel** · `tom`",
        "",
        "**Holds**",
        "",
        "- Product Owner of team `doorstep`",
        "- Product Owner of team `ovens`",
    ]
    assert saw["actions"][:2] == ["Write `yara`", "Add yarra to the people document"]
    assert organisation.files() == organisation.mended()
    assert saw["still_running"] == 0
