"""Reports, read by the programs that they are for."""

import json
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import cmarkgfm
import jsonschema
import junitparser
from conftest import CONSUMERS, HOSTILE, rolelint

MULTITOOL = CONSUMERS / "node_modules/@microsoft/sarif-multitool-linux"


def found(folder, *args):
    return json.loads(rolelint(folder, "check", "--format", "json", *args))["findings"]


def sarif(folder, *args):
    return json.loads(rolelint(folder, "check", "--format", "sarif", *args))


def test_sarif_follows_the_official_schema(any_files):
    schema = json.loads((MULTITOOL / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    for args in ([], ["--show-known", "--show-ignored"]):
        log = sarif(any_files, *args)
        jsonschema.validate(log, schema)
    log["runs"][0]["results"][0]["level"] = "bad"
    assert not jsonschema.Draft7Validator(schema).is_valid(log)


def test_sarif_satisfies_the_validator_of_its_authors(any_files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sarif")
    log, report = folder / "log.sarif", folder / "report.sarif"
    log.write_text(rolelint(any_files, "check", "--format", "sarif", "--show-known", "--show-ignored"))
    subprocess.run(
        [MULTITOOL / "Sarif.Multitool", "validate", log, "--output", report, "--rule-kind", "Sarif;Gh", "--level", "Error;Warning"],
        capture_output=True,
        check=False,
    )
    results = json.loads(report.read_text(encoding="utf-8-sig"))["runs"][0]["results"]
    said = {(result["ruleId"].split("/")[0], result.get("level", "warning")) for result in results}
    # It would like an address of the project, which has none yet.
    assert said <= {("SARIF2005", "warning")}, results


def test_sarif_counts_what_json_counts(sample):
    run = sarif(sample, "--show-known", "--show-ignored")["runs"][0]
    results = run["results"]
    levels = {"error": "error", "warning": "warning", "hint": "note"}
    listed = [result for result in results if not result["suppressions"]]
    assert [(result["ruleId"], result["level"]) for result in listed] == [
        (finding["rule"], levels[finding["severity"]]) for finding in found(sample)
    ]
    assert [result["partialFingerprints"]["rolelint/v1"] for result in listed] == [
        finding["fingerprint"] for finding in found(sample)
    ]
    known = [result["ruleId"] for result in results if result["baselineState"] == "unchanged"]
    assert known == [finding["rule"] for finding in found(sample) if finding["known"]] != []
    suppressed = {result["suppressions"][0]["kind"] for result in results if result["suppressions"]}
    assert suppressed == {"inSource", "external"}
    for result in results:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_fix_in_sarif_mends_its_finding(sample):
    (result,) = [one for one in sarif(sample)["runs"][0]["results"] if one["ruleId"] == "unknown-key"]
    (change,) = result["fixes"][0]["artifactChanges"]
    path = sample.parent / change["artifactLocation"]["uri"]
    lines = path.read_text().split("\n")
    for replacement in reversed(change["replacements"]):
        region = replacement["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1].encode("utf-16-le")
        before, after = line[: 2 * region["startColumn"] - 2], line[2 * region["endColumn"] - 2 :]
        text = replacement["insertedContent"]["text"].encode("utf-16-le")
        lines[region["startLine"] - 1] = (before + text + after).decode("utf-16-le")
    path.write_text("\n".join(lines))
    assert "unknown-key" not in {finding["rule"] for finding in found(sample)}


def test_a_suggestion_in_rdjson_mends_its_finding(sample):
    report = json.loads(rolelint(sample, "check", "--format", "rdjson"))
    (wrong,) = [one for one in report["diagnostics"] if one["code"]["value"] == "unknown-key"]
    suggestion = wrong["suggestions"][0]
    path = sample / wrong["location"]["path"]
    lines = path.read_bytes().split(b"\n")
    start, end = suggestion["range"]["start"], suggestion["range"]["end"]
    line = lines[start["line"] - 1]
    lines[start["line"] - 1] = line[: start["column"] - 1] + suggestion["text"].encode() + line[end["column"] - 1 :]
    path.write_bytes(b"\n".join(lines))
    assert "unknown-key" not in {finding["rule"] for finding in found(sample)}


def test_junit_is_read_and_counts_what_fails(any_files):
    text = rolelint(any_files, "check", "--format", "junit", "--show-known")
    report = junitparser.JUnitXml.fromstring(text.encode())
    cases = [case for suite in report for case in suite]
    failing = [finding for finding in found(any_files) if finding["severity"] != "hint" and not finding["known"]]
    failed = [case for case in cases if any(isinstance(one, junitparser.Failure) for one in case.result)]
    assert len(failed) == len(failing) == report.failures
    assert report.tests == len(cases)
    skipped = [case for case in cases if any(isinstance(one, junitparser.Skipped) for one in case.result)]
    assert len(skipped) == len([one for one in found(any_files) if one["known"]]) == report.skipped
    assert len({(case.classname, case.name) for case in cases}) == len(cases)
    for case, finding in zip(failed, failing, strict=True):
        (failure,) = case.result
        assert finding["message"][1:] in failure.message
        assert finding["help"] in failure.text


def test_checkstyle_is_read_and_holds_every_finding(any_files):
    tree = ElementTree.fromstring(rolelint(any_files, "check", "--format", "checkstyle", "--show-known"))
    assert tree.tag == "checkstyle" and tree.get("version")
    severities = {"error": "error", "warning": "warning", "hint": "info"}
    read = [
        (error.get("source"), int(error.get("line")), int(error.get("column")), error.get("severity"))
        for file in tree
        for error in file
    ]
    assert read == [
        (f"rolelint.{one['rule']}", one["start"]["line"], one["start"]["column"], severities[one["severity"]])
        for one in found(any_files)
    ]
    for file in tree:
        assert set(file.attrib) == {"name"}
        for error, line in ((error, error.get("message")) for error in file):
            assert "\n" in line and error.tag == "error"


def test_azure_reads_what_was_meant(any_files):
    out = rolelint(any_files, "check", "--format", "azure")
    script = """
        const {commandFromString} = require("azure-pipelines-task-lib/taskcommand");
        const lines = require("fs").readFileSync(0, "utf8").split("\\n").filter(line => line.includes("##vso["));
        console.log(JSON.stringify(lines.map(commandFromString)));
    """
    done = subprocess.run(
        ["node", "-e", script], input=out.encode(), cwd=CONSUMERS, capture_output=True, check=True
    )
    commands = json.loads(done.stdout)
    wanted = [one for one in found(any_files) if one["severity"] != "hint" and not one["known"]]
    assert len(commands) == len(wanted)
    read = {
        (one["command"], one["properties"]["code"], one["properties"]["type"], one["properties"]["linenumber"])
        for one in commands
    }
    assert read == {("task.logissue", one["rule"], one["severity"], str(one["start"]["line"])) for one in wanted}
    for command in commands:
        (finding,) = [
            one
            for one in wanted
            if one["rule"] == command["properties"]["code"]
            and command["properties"]["sourcepath"].endswith(one["file"].replace("\r", ""))
            and str(one["start"]["line"]) == command["properties"]["linenumber"]
            and one["message"][1:] in command["message"]
        ]
        assert finding["help"] in command["message"]


def test_markdown_is_one_table_with_a_row_for_each_finding(any_files):
    text = rolelint(any_files, "check", "--format", "markdown")
    # With tags let through, as our line breaks are tags.
    html = cmarkgfm.github_flavored_markdown_to_html(text, cmarkgfm.Options.CMARK_OPT_UNSAFE)
    (table,) = re.findall(r"<table>.*?</table>", html, re.S)
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]
    assert len(rows) == len([one for one in found(any_files) if not one["known"]])
    for row in rows:
        assert len(re.findall(r"<td>", row)) == 3
    # What stands in the files is text: no links, no emphasis, no tags of theirs.
    assert "<a " not in html and "<em>" not in html and "<b>" not in html


def test_what_stands_in_files_comes_through_whole(hostile):
    """Nothing is lost on the way, whatever has to be escaped."""
    message = next(one["message"] for one in found(hostile) if HOSTILE in one["message"])
    log = sarif(hostile)
    texts = [result["message"]["text"].replace("\u200b", "") for result in log["runs"][0]["results"]]
    assert any(message[1:] in text for text in texts)
    tree = ElementTree.fromstring(rolelint(hostile, "check", "--format", "checkstyle"))
    assert any(message[1:] in error.get("message") for file in tree for error in file)
