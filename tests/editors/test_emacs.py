"""Emacs and Eglot, with the file of editors/emacs."""

import os


def test_emacs_with_eglot(machine, organisation):
    machine.install("emacs/init.el", "init.el")
    script = os.path.join(os.path.dirname(__file__), "emacs.el")

    saw = machine.run(["emacs", "--batch", "--load", script])

    assert saw["mode"] == "rolelint-mode"
    assert saw["problems"] == [
        "8 rolelint [unknown-person]: `yarra` holds the seat of the Scrum Master and is not in the people document"
    ]
    assert "Tom Vogel" in saw["hover"]
    assert "Product Owner of team" in saw["hover"]
    assert saw["actions"][:2] == ["Write `yara`", "Add yarra to the people document"]
    assert organisation.files() == organisation.mended()
    assert saw["servers"] == 1
