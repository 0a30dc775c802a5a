"""A client that nobody here wrote, pytest-lsp, with what it knows of Visual Studio Code, talks to `rolelint server`."""

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import client_capabilities
from pytest_lsp.client import make_test_lsp_client

DOORSTEP = "teams/doorstep.roles.yaml"


@pytest.fixture
async def client(rolelint, organisation):
    client = make_test_lsp_client()
    client.set_configuration({"rolelint": {}})
    client.registered = []

    # Visual Studio Code answers these, and pytest-lsp leaves them to the test.
    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams):
        client.registered += [one.method for one in params.registrations]

    @client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    def refresh(_params: None):
        return None

    await client.start_io(str(rolelint), "server")
    folder = types.WorkspaceFolder(uri=organisation.folder.as_uri(), name="kornblume")
    client.greeting = await client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities("visual-studio-code"),
            root_uri=organisation.folder.as_uri(),
            workspace_folders=[folder],
        )
    )
    yield client
    if client._server.returncode is None:
        await client.shutdown_session()
    await client.stop()


def open_file(client, organisation, name):
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(
            types.TextDocumentItem(
                uri=organisation.uri(name), language_id="yaml", version=1, text=organisation.text(name)
            )
        )
    )
    return types.TextDocumentIdentifier(organisation.uri(name))


def place(organisation, name, words):
    """Where `words` stand, which they do once."""
    text = organisation.text(name)
    assert text.count(words) == 1, words
    before = text[: text.index(words)]
    return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)


async def problems(client, uri, count):
    """The problems shown in a file, once there are as many as expected."""

    async def shown():
        while uri not in client.diagnostics or len(client.diagnostics[uri]) != count:
            await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return client.diagnostics[uri]

    return await asyncio.wait_for(shown(), timeout=60)


def applied(organisation, edit):
    """The files as they are after a workspace edit."""
    files = organisation.files()
    if edit.document_changes:
        changes = {change.text_document.uri: change.edits for change in edit.document_changes}
    else:
        changes = edit.changes
    for uri, edits in changes.items():
        name = next(name for name in files if organisation.uri(name) == uri)
        lines = files[name].splitlines(keepends=True)
        for one in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
            start, end = one.range.start, one.range.end
            assert start.line == end.line, "no edit here spans lines"
            line = lines[start.line]
            lines[start.line] = line[: start.character] + one.new_text + line[end.character :]
        files[name] = "".join(lines)
    return files


async def test_it_says_who_it_is(client):
    assert client.greeting.server_info.name == "rolelint"
    assert client.greeting.capabilities.hover_provider
    assert client.greeting.capabilities.rename_provider.prepare_provider


async def test_it_shows_problems(client, organisation):
    open_file(client, organisation, DOORSTEP)
    (problem,) = await problems(client, organisation.uri(DOORSTEP), 1)
    assert problem.code == "unknown-person"
    assert problem.source == "rolelint"
    assert problem.severity == types.DiagnosticSeverity.Error
    assert problem.message.startswith(
        "`yarra` holds the seat of the Scrum Master and is not in the people document\n"
    )
    assert problem.range.start == place(organisation, DOORSTEP, "yarra")
    assert types.WORKSPACE_DID_CHANGE_WATCHED_FILES in client.registered
    # A file that nobody opened is checked too.
    (problem,) = await problems(client, organisation.uri("teams/ovens.roles.yaml"), 1)
    assert problem.message.startswith("a role has no key `dutys`\n")


async def test_it_leaves_other_yaml_alone(client, organisation):
    (organisation.folder / "oven.yaml").write_text("team: ovens\nroles: {product-owner: TBD}\n", encoding="utf-8")
    open_file(client, organisation, "oven.yaml")
    open_file(client, organisation, DOORSTEP)
    await problems(client, organisation.uri(DOORSTEP), 1)
    assert not client.diagnostics.get(organisation.uri("oven.yaml"))


async def test_it_checks_while_somebody_types(client, organisation):
    document = open_file(client, organisation, DOORSTEP)
    await problems(client, document.uri, 1)
    start = place(organisation, DOORSTEP, "yarra")
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version=2, uri=document.uri),
            [
                types.TextDocumentContentChangePartial(
                    range=types.Range(start, types.Position(start.line, start.character + 5)), text="yara"
                )
            ],
        )
    )
    assert not await problems(client, document.uri, 0)


async def test_it_tells_who_somebody_is(client, organisation):
    document = open_file(client, organisation, DOORSTEP)
    at = place(organisation, DOORSTEP, "tom\n    works_with")
    hover = await client.text_document_hover_async(types.HoverParams(document, at))
    assert hover.contents.kind == types.MarkupKind.Markdown
    assert hover.contents.value == (
        "**Tom Vogel** · `tom`\n\n**Holds**\n\n- Product Owner of team `doorstep`\n- Product Owner of team `ovens`"
    )


async def test_it_offers_people_and_duties(client, organisation):
    document = open_file(client, organisation, DOORSTEP)
    at = place(organisation, DOORSTEP, "yarra")
    people = await client.text_document_completion_async(types.CompletionParams(document, at))
    assert [(item.label, item.detail) for item in people.items] == [
        ("tom", "Tom Vogel · Product Owner of doorstep, and 1 more"),
        ("yara", "Yara Núñez"),
        ("ida", "Ida Brandt · Product Manager of bakery"),
        ("a vacancy", None),
    ]
    document = open_file(client, organisation, "products/bakery.roles.yaml")
    start = place(organisation, "products/bakery.roles.yaml", "ida\n")
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version=2, uri=document.uri),
            [
                types.TextDocumentContentChangePartial(
                    range=types.Range(start, types.Position(start.line, start.character + 3)),
                    text="\n    holder: ida\n    duties:\n      - ",
                )
            ],
        )
    )
    at = types.Position(start.line + 3, 8)
    duties = await client.text_document_completion_async(types.CompletionParams(document, at))
    labels = [item.label for item in duties.items]
    assert "customer-research" in labels
    item = next(item for item in duties.items if item.label == "customer-research")
    item = await client.completion_item_resolve_async(item)
    assert item.documentation.value.startswith("**Customer research** · `customer-research` · Product Manager · medium-term\n")


async def test_it_mends(client, organisation):
    document = open_file(client, organisation, DOORSTEP)
    (problem,) = await problems(client, document.uri, 1)
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(document, problem.range, types.CodeActionContext([problem]))
    )
    assert [action.title for action in actions][:2] == ["Write `yara`", "Add yarra to the people document"]
    action = actions[0]
    assert action.kind == types.CodeActionKind.QuickFix
    assert list(action.diagnostics) == [problem]
    if action.edit is None:
        action = await client.code_action_resolve_async(action)
    expected = organisation.files()
    expected[DOORSTEP] = expected[DOORSTEP].replace("yarra", "yara")
    assert applied(organisation, action.edit) == expected


async def test_it_renames_in_every_file(client, organisation):
    document = open_file(client, organisation, DOORSTEP)
    at = place(organisation, DOORSTEP, "tom\n    works_with")
    prepared = await client.text_document_prepare_rename_async(types.PrepareRenameParams(document, at))
    assert prepared.range.start == at
    assert prepared.placeholder == "tom"
    edit = await client.text_document_rename_async(types.RenameParams(document, at, "thomas"))
    expected = organisation.mended()
    expected[DOORSTEP] = expected[DOORSTEP].replace("yara\n", "yarra\n")
    assert applied(organisation, edit) == expected
    with pytest.raises(JsonRpcException, match="yara"):
        await client.text_document_rename_async(types.RenameParams(document, at, "yara"))


async def test_it_leaves_in_good_order(client):
    await client.shutdown_session()
    assert client._server.returncode == 0


async def test_it_says_when_it_was_left_without_a_word(client):
    client.exit(None)
    assert await asyncio.wait_for(client._server.wait(), timeout=60) == 1
