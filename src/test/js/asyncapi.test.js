// docs/asyncapi.yaml is valid, and the messages that the service reads and writes are as it says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Parser } from "@asyncapi/parser";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const lines = (file) =>
  readFileSync(`src/test/resources/streaming/${file}`, "utf8").trim().split("\n").map((line) => JSON.parse(line));

const { document, diagnostics } = await new Parser().parse(readFileSync("docs/asyncapi.yaml", "utf8"));
const ajv = addFormats(new Ajv({ strict: false }));

/** The messages of an operation, each with the check of its payload. */
function checks(operation) {
  return document
    .operations()
    .get(operation)
    .messages()
    .all()
    .map((message) => ({ type: message.name(), matches: ajv.compile(message.payload().json()) }));
}

test("the document is valid AsyncAPI", () => {
  const severe = diagnostics.filter(({ severity }) => severity <= 1);

  assert.deepEqual(severe.map(({ message, path }) => `${path.join("/")}: ${message}`), []);
});

for (const [operation, file] of [["receive", "client.jsonl"], ["send", "server.jsonl"]]) {
  const described = document === undefined ? [] : checks(operation);

  for (const [index, sample] of lines(file).entries()) {
    test(`${file} line ${index + 1}, ${sample.type}, is as described`, () => {
      const { matches } = described.find(({ type }) => type === sample.type);

      assert.ok(matches(sample), JSON.stringify(matches.errors));
    });
  }

  test(`every message of ${operation} has a sample`, () => {
    const shown = new Set(lines(file).map(({ type }) => type));

    assert.deepEqual(described.map(({ type }) => type).filter((type) => !shown.has(type)), []);
    assert.equal(described.length, shown.size);
  });

  test(`what ${operation} does not describe is told apart`, () => {
    for (const sample of lines(file)) {
      const { matches } = described.find(({ type }) => type === sample.type);

      assert.ok(!matches({ ...sample, unheard_of: 1 }), sample.type);
      assert.ok(!matches({ ...sample, type: "other" }), sample.type);
    }
  });
}
