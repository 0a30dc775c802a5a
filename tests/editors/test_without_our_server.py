"""Editors that know YAML and not rolelint: our schemas in the YAML language server that most of them use."""

import asyncio
import functools
import http.server
import json
import os
import shutil
import threading

import pytest
from conftest import CONFIGURATIONS, HERE, REPOSITORY
from lsprotocol import types
from pytest_lsp import client_capabilities
from pytest_lsp.client import make_test_lsp_client

NODE = os.environ.get("NODE", "node")
PACKAGES = os.environ.get("NODE_MODULES", str(HERE / "node_modules"))
MODELINE = "# yaml-language-server: $schema=../schemas/role-file.schema.json\n"
# What SchemaStore calls our schemas; there each is a file of its own.
SCHEMAS = {
    "rolelint-role-file.json": "role-file.schema.json",
    "rolelint.json": "config.schema.json",
}


class Editor:
    """An editor with the YAML language server and a schema, in a folder."""

    def __init__(self, client, folder):
        self.client, self.folder = client, folder

    def open(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(path.as_uri(), "yaml", 1, text))
        )
        return types.TextDocumentIdentifier(path.as_uri())

    async def problems(self, document):
        async def shown():
            while document.uri not in self.client.diagnostics:
                await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
            return self.client.diagnostics[document.uri]

        found = await asyncio.wait_for(shown(), timeout=60)
        return [(one.range.start.line + 1, one.message) for one in found]


@pytest.fixture
async def editor(request, tmp_path):
    """Fetches nothing: SchemaStore's catalog is off, or one on this machine."""
    store = getattr(request, "param", None)
    address = request.getfixturevalue(store) if store else None
    client = make_test_lsp_client()
    settings = {"enable": address is not None, "url": address or ""}
    client.set_configuration({"yaml": {"schemaStore": settings, "validate": True, "hover": True, "completion": True}})

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(_params: types.RegistrationParams):
        return None

    # The YAML language server tells of its settings and of schemas in words of its own.
    @client.feature("custom/schema/request")
    def schema(_params):
        return None

    await client.start_io(NODE, f"{PACKAGES}/yaml-language-server/bin/yaml-language-server", "--stdio")
    folder = tmp_path / "kornblume"
    shutil.copytree(REPOSITORY / "schemas", folder / "schemas")
    await client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities("visual-studio-code"),
            root_uri=folder.as_uri(),
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), "kornblume")],
        )
    )
    yield Editor(client, folder)
    await client.shutdown_session()
    await client.stop()


@pytest.fixture
def schema_store(tmp_path):
    """SchemaStore with our entries, as it would be served, on this machine."""
    folder = tmp_path / "store"
    folder.mkdir()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    address = f"http://127.0.0.1:{server.server_port}"
    entries = json.loads((CONFIGURATIONS / "schemastore/catalog.json").read_text(encoding="utf-8"))
    for entry in entries:
        name = entry["url"].removeprefix("https://www.schemastore.org/")
        shutil.copy(REPOSITORY / "schemas" / SCHEMAS[name], folder / name)
        entry["url"] = f"{address}/{name}"
    (folder / "catalog.json").write_text(json.dumps({"version": 1, "schemas": entries}), encoding="utf-8")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"{address}/catalog.json"
    server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


async def test_a_wrong_key_is_reported(editor):
    text = MODELINE + "team: ovens\nroles:\n  product-owner:\n    holder: tom\n    dutys: [backlog-refinement]\n"
    document = editor.open("teams/ovens.roles.yaml", text)
    problems = await editor.problems(document)
    assert problems == [(6, "Property dutys is not allowed.")]


async def test_a_right_file_has_no_problems(editor):
    for name in ["people.roles.yaml", "products/bakery.roles.yaml", "teams/doorstep.roles.yaml"]:
        text = (HERE / "organisation" / name).read_text(encoding="utf-8")
        schema = "./schemas" if "/" not in name else "../schemas"
        text = f"# yaml-language-server: $schema={schema}/role-file.schema.json\n{text}"
        assert await editor.problems(editor.open(name, text)) == [], name


async def test_keys_are_completed(editor):
    document = editor.open("teams/ovens.roles.yaml", MODELINE + "team: ovens\nroles:\n  product-owner:\n    \n")
    await editor.problems(document)
    answer = await editor.client.text_document_completion_async(
        types.CompletionParams(document, types.Position(4, 4))
    )
    labels = {item.label for item in answer.items}
    assert {"holder", "duties", "vacant", "works_with"} <= labels, labels


async def test_keys_are_explained(editor):
    text = MODELINE + "team: ovens\nproduct: bakery\nroles:\n  product-owner:\n    holder: tom\n    duties: []\n    notes: x\n"
    document = editor.open("teams/ovens.roles.yaml", text)
    await editor.problems(document)
    for line, words in [
        (2, "The id of the product that the team works on"),
        (6, "What it answers for."),
        (7, "Anything that is only for people."),
    ]:
        hover = await editor.client.text_document_hover_async(types.HoverParams(document, types.Position(line, 5)))
        assert words in hover.contents.value


async def test_settings_have_a_schema_too(editor):
    modeline = "# yaml-language-server: $schema=./schemas/config.schema.json\n"
    document = editor.open(".rolelint.yaml", modeline + "catalog: popm\nexlude: [archive/]\n")
    assert await editor.problems(document) == [(3, "Property exlude is not allowed.")]


@pytest.mark.parametrize("editor", ["schema_store"], indirect=True)
async def test_schema_store_knows_our_files_by_name(editor):
    wrong = "team: ovens\nroles:\n  product-owner:\n    holder: tom\n    dutys: [backlog-refinement]\n"
    for name in ["teams/ovens.roles.yaml", "doorstep.roles.yml"]:
        assert await editor.problems(editor.open(name, wrong)) == [(5, "Property dutys is not allowed.")]
    document = editor.open(".rolelint.yaml", "exlude: [archive/]\n")
    assert await editor.problems(document) == [(1, "Property exlude is not allowed.")]
    assert await editor.problems(editor.open("oven.yaml", wrong)) == []
