/** Users' policies decide as they say, and what is wrong with one is told with its line while the others run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readYaml } from "../../formats/yaml/read-yaml.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { catalogueOf } from "../catalogue.ts";
import { evaluate } from "../evaluate.ts";
import { iacScanner } from "../iac-scanner.ts";
import { noConnections, type Resource } from "../resource.ts";
import { parseUserPolicies } from "./parse-user-policies.ts";

const head = (id: string) => `metadata:\n  id: ${id}\n  name: Some rule of the house\n  category: GENERAL_SECURITY\n`;

function resource(type: string, body: string, connected: readonly Resource[] = []): Resource {
  const file = { path: "main.tf", text: body };
  const node = readYaml(file).documents[0]?.node;
  assert.equal(node?.is, "block");
  const at = { file, start: 0, end: body.length };
  return {
    dialect: "tf",
    language: "terraform",
    types: [type],
    address: `${type}.x`,
    at,
    body: node as Resource["body"],
    calledFrom: [],
    skips: [],
    connected: (types) =>
      connected.length === 0
        ? noConnections
        : { resources: connected.filter((one) => types.some((name) => one.types.includes(name))) },
  };
}

function results(definition: string, resources: readonly Resource[]): readonly string[] {
  const { policies, problems } = parseUserPolicies({
    path: "p.yaml",
    text: `${head("HOUSE_1")}definition:\n${definition}`,
  });
  assert.deepEqual(problems, []);
  return evaluate(resources, catalogueOf(policies)).evaluated.map(
    ({ resource: { address }, verdict }) => `${address} ${verdict.is}`,
  );
}

const leaf = (attribute: string, operator: string, value?: string) =>
  `  cond_type: attribute\n  resource_types: [t]\n  attribute: "${attribute}"\n  operator: ${operator}\n${value === undefined ? "" : `  value: ${value}\n`}`;

const cases: readonly (readonly [string, string, string | undefined, string, string])[] = [
  ["name", "equals", "a", "name: a", "pass"],
  ["name", "equals", "a", "name: b", "fail"],
  ["flag", "equals", "true", "flag: 'True'", "pass"],
  ["name", "not_equals", "a", "other: 1", "pass"],
  ["name", "exists", undefined, "other: 1", "fail"],
  ["name", "not_exists", undefined, "other: 1", "pass"],
  ["name", "regex_match", "'^a+$'", "name: aaa", "pass"],
  ["name", "regex_match", "'(?i)b'", "name: abc", "fail"],
  ["name", "regex_match", "'^(?!prod-).*$'", "name: prod-a", "fail"],
  ["name", "regex_match", "'^(?!prod-).*$'", "name: test-a", "pass"],
  ["name", "regex_match", "'(a+)+$'", `name: ${"a".repeat(100)}!`, "fail"],
  ["name", "within", "[a, b]", "name: c", "fail"],
  ["list", "contains", "x", "list: [x, y]", "pass"],
  ["list", "intersects", "[y, z]", "list: [x, y]", "pass"],
  ["list", "subset", "[x, y, z]", "list: [x, y]", "pass"],
  ["list", "length_greater_than", "2", "list: [x, y]", "fail"],
  ["name", "number_of_words_equals", "2", "name: two words", "pass"],
  ["port", "greater_than_or_equal", "5", "port: 5", "pass"],
  ["range", "range_includes", "22", "range: 20-30", "pass"],
  ["cidr", "cidr_range_subset", "10.0.0.0/8", "cidr: 10.2.0.0/16", "pass"],
  ["cidr", "cidr_range_subset", "fd00::/8", "cidr: 'fd12:3456::/32'", "pass"],
  ["cidr", "not_cidr_range_subset", "10.0.0.0/8", "cidr: 10.2.0.0/16", "fail"],
  ["list", "is_empty", undefined, "list: []", "pass"],
  ["rules.*.port", "equals", "22", "rules: [{port: 80}, {port: 22}]", "pass"],
  ["rules[*].port", "jsonpath_equals", "22", "rules: [{port: 80}, {port: 22}]", "fail"],
  [
    "rules[?(@.name == 'a')].port",
    "jsonpath_equals",
    "80",
    "rules: [{name: a, port: 80}, {name: b, port: 22}]",
    "pass",
  ],
  ["$..port", "jsonpath_less_than", "100", "rules: {deep: [{port: 80}, {port: 22}]}", "pass"],
];

for (const [attribute, operator, value, body, expected] of cases) {
  test(`${attribute} ${operator} ${value ?? ""} on ${body}: ${expected}`, () => {
    assert.deepEqual(results(leaf(attribute, operator, value), [resource("t", body)]), [`t.x ${expected}`]);
  });
}

test("a filter says whom a connection is demanded of, and the far end must satisfy its own demands", () => {
  const definition = `  and:
    - cond_type: filter
      attribute: resource_type
      operator: within
      value: [vpc]
    - cond_type: connection
      resource_types: [vpc]
      connected_resource_types: [log]
      operator: exists
    - cond_type: attribute
      resource_types: [log]
      attribute: all
      operator: is_true
`;
  const good = resource("log", "all: true");
  const poor = resource("log", "all: false");
  assert.deepEqual(results(definition, [resource("vpc", "a: 1", [poor, good]), good, poor]), ["vpc.x pass"]);
  assert.deepEqual(results(definition, [resource("vpc", "a: 1", [poor])]), ["vpc.x fail"]);
});

test("a list of allowed types speaks of everything else, one of forbidden types only of those", () => {
  const both = [resource("a", "x: 1"), resource("b", "x: 1")];
  const leafOf = (operator: string) => `  cond_type: resource\n  resource_types: [a]\n  operator: ${operator}\n`;
  assert.deepEqual(results(leafOf("exists"), both), ["a.x pass", "b.x fail"]);
  assert.deepEqual(results(leafOf("not_exists"), both), ["a.x fail"]);
});

test("a mistake is told with its line, and the other policies run", () => {
  const text = `${head("ONE")}definition:\n${leaf("a", "equal", "1")}---\n${head("TWO")}definition:\n${leaf("a", "equals", "1")}`;
  const { policies, problems } = parseUserPolicies({ path: "p.yaml", text });
  assert.deepEqual(
    policies.map(({ aliases }) => aliases),
    [["TWO"]],
  );
  assert.deepEqual(
    problems.map(({ path, line, message }) => `${path}:${line} ${message}`),
    ["p.yaml:9 This policy is left out: operator 'equal' is not known. The others run."],
  );
});

test("a repository's policies are read once, however many units it has, and anew when they change", () => {
  const fileOf = (path: string, text: string) => sourceFileOf(path, "0", new TextEncoder().encode(text));
  const condition = "    - { cond_type: attribute, resource_types: [FROM], attribute: x, operator: exists }\n";
  const policies = (ids: readonly string[]) =>
    ids.map((id) =>
      fileOf(`.sallyport/policies/${id}.yaml`, `${head(id)}definition:\n  and:\n${condition.repeat(20)}`),
    );
  const docker = fileOf("Dockerfile", "FROM alpine:3.20\n# sallyport:skip=HOUSE_0:why\n");
  const unit = { language: "dockerfile", root: "Dockerfile", paths: ["Dockerfile"] };
  const context = { fingerprintKey: new Uint8Array(32), includePassed: false };
  const skipped = (own: ReturnType<typeof policies>) =>
    iacScanner.scan(unit, [docker, ...own], context).silenced.map(({ reason }) => reason);
  const many = policies(Array.from({ length: 200 }, (_, n) => `HOUSE_${n}`));
  takesAtMost(4, () => {
    for (let round = 0; round < 100; round++) assert.deepEqual(skipped(many), ["why"]);
  });
  assert.deepEqual(skipped(policies(["HOUSE_1"])), []);
});
