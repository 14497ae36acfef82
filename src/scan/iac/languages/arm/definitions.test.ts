import assert from "node:assert/strict";
import test from "node:test";
import type { SourceFile } from "#model/source-file.ts";
import type { Node } from "../../../formats/node.ts";
import { arm } from "./arm.ts";

const schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

function resourcesOf(template: object) {
  const text = JSON.stringify({ $schema: schema, languageVersion: "2.0", ...template });
  const bytes = Buffer.from(text);
  const file: SourceFile = {
    path: "main.json",
    objectId: "1",
    size: bytes.length,
    bytes: () => bytes,
    text: () => text,
  };
  return arm.read({ root: "main.json", files: [file] }).resources;
}

function plain(node: Node | undefined): unknown {
  if (node?.is === "list") return node.items.map(plain);
  return node?.is === "scalar" ? node.value : node?.is;
}

test("Functions of the template see its variables, and an output that a loop makes is a list", () => {
  const resources = resourcesOf({
    functions: [
      {
        namespace: "__bicep",
        members: {
          marked: {
            parameters: [{ name: "text", type: "string" }],
            output: { type: "string", value: "[concat(parameters('text'), variables('mark'))]" },
          },
        },
      },
    ],
    variables: { mark: "!", words: ["a", "b"] },
    resources: {},
    outputs: {
      all: {
        type: "array",
        copy: {
          count: "[length(variables('words'))]",
          input: "[__bicep.marked(variables('words')[copyIndex()])]",
        },
      },
    },
  });
  const output = resources.find(({ types: [type] }) => type === "output");
  assert.deepEqual(plain(output?.body.get("value")?.value), ["a!", "b!"]);
});

test("A parameter is what its definition says, by way of others too: its type, and null where it may be left out", () => {
  const resources = resourcesOf({
    definitions: {
      hidden: { type: "securestring" },
      alias: { $ref: "#/definitions/hidden" },
      padlock: { type: "object", nullable: true },
      round: { $ref: "#/definitions/round" },
    },
    parameters: {
      key: { $ref: "#/definitions/alias" },
      lock: { $ref: "#/definitions/padlock" },
      own: { $ref: "#/definitions/hidden", nullable: true },
      lost: { $ref: "#/definitions/nowhere" },
      round: { $ref: "#/definitions/round" },
    },
    resources: {
      held: {
        condition: "[not(empty(parameters('lock')))]",
        type: "Microsoft.Authorization/locks",
        apiVersion: "2020-05-01",
        name: "held",
      },
      account: {
        type: "Microsoft.Storage/storageAccounts",
        apiVersion: "2023-01-01",
        name: "[coalesce(parameters('own'), 'plain')]",
      },
    },
  });
  const types = resources
    .filter(({ types: [type] }) => type === "parameter")
    .map(({ address, body }) => [address, plain(body.get("type")?.value)]);
  assert.deepEqual(types, [
    ["parameter.key", "securestring"],
    ["parameter.lock", "object"],
    ["parameter.own", "securestring"],
    ["parameter.lost", undefined],
    ["parameter.round", undefined],
  ]);
  const made = resources.filter(({ types: [type] }) => type?.startsWith("Microsoft."));
  assert.deepEqual(
    made.map(({ body }) => plain(body.get("name")?.value)),
    ["plain"],
  );
});
