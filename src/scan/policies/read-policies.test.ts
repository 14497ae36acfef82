import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Ajv } from "ajv";
import { parse } from "yaml";
import {
  branchKinds,
  novelties,
  type Policy,
  type PolicyConditions,
  policyActions,
  policyTriggers,
} from "#model/policy.ts";
import { scannerNames } from "#model/scanner-name.ts";
import { severities } from "#model/severity.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { policySchema } from "./policy-schema.ts";
import { readPolicies } from "./read-policies.ts";
import { writePolicies, writePolicy } from "./write-policy.ts";

const read = (text: string) => readPolicies([{ path: "a.yml", text }]);
const validate = new Ajv({ strict: false }).compile(policySchema());

describe("a file of policies", () => {
  it("holds one policy, of which little must be said", () => {
    const { policies, problems, writtenAt } = read("# Ours\nid: live\nwhen: { live: live }\nactions: block\n");
    assert.deepEqual(problems, []);
    assert.deepEqual(policies, [
      {
        id: "live",
        name: "live",
        enabled: true,
        when: [{ live: ["live"] }],
        scope: { repositories: [], projects: [], tags: [] },
        triggers: ["pull-request"],
        actions: ["block"],
        graceDays: 0,
        unfinished: { fails: "open", afterMinutes: 60 },
      },
    ]);
    assert.deepEqual(writtenAt.get("live"), { path: "a.yml", line: 2 });
  });

  it("holds several, and cases", () => {
    const text = `policies:
  - { id: one, actions: [record] }
  - { id: two, actions: [record], cases: [{ name: a, finding: {}, expect: passed }] }
cases:
  - name: b
    unfinishedFor: 90
    expect: { outcome: unfinished, by: two }
`;
    const { policies, cases, problems } = read(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [policies.map(({ id }) => id), cases.map(({ name, line }) => [name, line])],
      [
        ["one", "two"],
        [
          ["a", 3],
          ["b", 5],
        ],
      ],
    );
  });

  const mistakes: readonly (readonly [what: string, text: string, problems: readonly string[]])[] = [
    [
      "nothing that must be said",
      "name: x",
      ["1 id: expected a value, found nothing", "1 actions: expected a value, found nothing"],
    ],
    [
      "an unknown field",
      "id: x\nactions: [block]\nwhen:\n  - sevrity: high\n",
      ["4 when[0].sevrity: expected one of scanner, rule, (did you mean severity?)"],
    ],
    [
      "a dash in place of a capital",
      "id: x\nactions: block\ngrace-days: 3",
      ["3 grace-days: expected one of (did you mean graceDays?)"],
    ],
    [
      "an unknown word",
      "id: x\nactions: [comment,\n blok]",
      ["3 actions[1]: expected one of block, (did you mean block?)"],
    ],
    [
      "a list of severities",
      "id: x\nactions: block\nwhen: { severity: [high] }",
      ["3 when.severity: expected one of critical, high, medium, low, found a list (it is the mildest"],
    ],
    [
      "a condition on nothing",
      "id: x\nactions: block\nwhen:\n - {}",
      ["4 when[0]: expected at least one condition, found none"],
    ],
    [
      "a star without quotes",
      "id: x\nactions: block\nwhen: { path: [*.tf] }",
      ["3 when.path[0]: expected a pattern, found *.tf (what begins with * or ! must stand in quotes)"],
    ],
    [
      "an exclamation mark without quotes",
      "id: x\nactions: block\nscope: { projects: [!lab] }",
      ["3 scope.projects[0]: expected a pattern, found !lab (what begins"],
    ],
    [
      "a number as a text",
      "id: x\nactions: block\ngraceDays: soon",
      ['3 graceDays: expected a whole number from 0 to 3650, found "soon"'],
    ],
    ["a yes", "id: x\nactions: block\nenabled: yes", ['3 enabled: expected true or false, found "yes"']],
    [
      "an id with capitals",
      "id: X\nactions: block",
      ['1 id: expected small letters and digits with dashes between them (block-live-secrets), found "X"'],
    ],
    ["a field twice", "id: x\nactions: block\nid: y", ["3 id: expected each field once, found it again"]],
    [
      "an id twice",
      "policies:\n - {id: x, actions: block}\n - {id: x, actions: record}",
      ['3 policies[1].id: expected an id that no other policy has, found "x", which a.yml:2 has'],
    ],
    ["a list", "- id: x", ["1 expected the fields of a policy, found a list (write the list under `policies:`)"]],
    ["a text", "block everything", ['1 expected the fields of a policy, or `policies:`, found "block everything"']],
    [
      "two documents",
      "id: x\nactions: block\n---\nid: y\nactions: block",
      ["3 expected one document, found a second one"],
    ],
    ["no YAML", "id: [x", ["1 expected YAML, found"]],
    [
      "a case about nothing",
      "cases:\n - {name: a, expect: passed}",
      ["2 cases[0]: expected either `finding` or `unfinishedFor`, found neither"],
    ],
    [
      "a case of an unknown outcome",
      "cases:\n - {name: a, finding: {}, expect: pass}",
      ['2 cases[0].expect: expected one of passed, blocked, unfinished, found "pass"'],
    ],
  ];
  for (const [what, text, expected] of mistakes) {
    it(`with ${what} is told what was expected there, and nothing of it is taken`, () => {
      const { policies, cases, problems } = read(text);
      const told = problems.map(({ line, message }) => `${line} ${message}`);
      assert.equal(told.length, expected.length, told.join("\n"));
      for (const [at, sentence] of expected.entries()) {
        for (const part of sentence.split(/ (?=\(did)/)) assert.ok(told[at]?.includes(part), `${told[at]} | ${part}`);
      }
      assert.ok(policies.length + cases.length <= (what === "an id twice" ? 1 : 0));
    });
  }

  it("with the id of another file names that file", () => {
    const text = "id: x\nactions: block";
    const { problems } = readPolicies([
      { path: "a.yml", text },
      { path: "b.yml", text: `\n${text}` },
    ]);
    assert.deepEqual(
      problems.map(({ path, line, field, found }) => [path, line, field, found]),
      [["b.yml", 2, "id", '"x", which a.yml:1 has']],
    );
  });

  it("that is empty has no policies", () =>
    assert.deepEqual([read("").problems, read("# later\n").policies], [[], []]));
});

it("hostile files are problems, and soon", () => {
  takesAtMost(15, () => {
    const deep = 20_000;
    const texts = [
      "[".repeat(deep) + "]".repeat(deep),
      "a:\n".repeat(20_000),
      Array.from({ length: 10_000 }, (_, at) => `k${at}: 1`).join("\n"),
      `x: &a [1]\n${"y: *a\n".repeat(10_000)}`,
      `id: x\nactions: [${"block,".repeat(20_000)}block]`,
      `policies:\n${" - {}\n".repeat(10_000)}`,
      `id: x\nactions: block\nwhen: { path: ["${"{a,b}".repeat(150)}"] }`,
      "x".repeat(1_000_000),
      `{${"{".repeat(deep)}`,
      `id: "${"a-".repeat(50_000)}"\nactions: block`,
    ];
    for (const text of texts) {
      const { policies, problems } = read(text);
      assert.ok(problems.length > 0 || policies.length === 1, text.slice(0, 40));
      assert.ok(problems.length <= 100);
    }
  });
});

describe("a policy that is written", () => {
  it("reads as it was, whatever it is, and fits the published schema", () => {
    const random = randomOf(7);
    for (let round = 0; round < 300; round++) {
      const policies = Array.from({ length: 1 + random(3) }, (_, at) => randomPolicy(random, `p-${at}`));
      const [first] = policies;
      for (const [text, expected] of [
        [writePolicies(policies), policies],
        [writePolicy(first!), [first]],
      ] as const) {
        const back = read(text);
        assert.deepEqual(back.problems, [], text);
        assert.deepEqual(back.policies, expected, text);
        assert.ok(validate(parse(text)), `${text}\n${JSON.stringify(validate.errors)}`);
      }
    }
  });
});

describe("the published schema", () => {
  const cases: readonly (readonly [text: string, fits: boolean])[] = [
    ["{ id: x, actions: block }", true],
    [
      "{ policies: [{ id: x, actions: [block] }], cases: [{ name: a, finding: { live: live }, expect: blocked }] }",
      true,
    ],
    ["{ cases: [{ name: a, unfinishedFor: 3, expect: { outcome: passed } }] }", true],
    ["{ id: x }", false],
    ["{ id: X, actions: block }", false],
    ["{ id: x, actions: block, when: [{}] }", false],
    ["{ id: x, actions: block, when: { sevrity: high } }", false],
    ["{ id: x, actions: [] }", false],
  ];
  for (const [text, fits] of cases) {
    it(`agrees with the reader about ${text}`, () => {
      assert.deepEqual([validate(parse(text)), read(text).problems.length === 0], [fits, fits]);
    });
  }
});

type Random = (below: number) => number;

/** The same numbers in every run. */
function randomOf(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const texts = [
  "shop/*",
  "!lab",
  "*.tf",
  "**/x",
  "yes",
  "1",
  "null",
  "a: b",
  "- x",
  "# no",
  "ü & <b>",
  "'\"",
  "two\nlines",
  "2026-01-01",
];

function randomPolicy(random: Random, id: string): Policy {
  const one = <T>(of: readonly T[]): T => of[random(of.length)]!;
  const some = <T>(of: readonly T[]): readonly T[] => of.filter((item, at) => at === 0 || (random(2) > 0 && item));
  const maybe = <T extends object>(part: () => T): Partial<T> => (random(3) === 0 ? part() : {});
  const group = (): PolicyConditions => ({
    severity: one(severities),
    ...maybe(() => ({ scanner: some(scannerNames) })),
    ...maybe(() => ({ rule: some(texts) })),
    ...maybe(() => ({ urgency: random(101) })),
    ...maybe(() => ({ fixAvailable: random(2) > 0 })),
    ...maybe(() => ({ relation: one(["direct", "transitive"] as const) })),
    ...maybe(() => ({ exploitLikelihood: random(100) / 100 })),
    ...maybe(() => ({ live: some(["live", "not-live", "unknown", "not-asked"] as const) })),
    ...maybe(() => ({ path: some(texts) })),
    ...maybe(() => ({ branch: some(branchKinds) })),
    ...maybe(() => ({ age: random(90) })),
    ...maybe(() => ({ novelty: one(novelties) })),
    ...maybe(() => ({ licenseCategory: ["strong-copyleft"] })),
  });
  const anywhere = { repositories: [], projects: [], tags: [] };
  return {
    id,
    name: one(texts),
    ...maybe(() => ({ description: one(texts) })),
    enabled: random(2) > 0,
    when: Array.from({ length: random(3) }, group),
    scope: { ...anywhere, ...maybe(() => ({ repositories: some(texts) })), ...maybe(() => ({ tags: some(texts) })) },
    triggers: some(policyTriggers),
    actions: some(policyActions),
    graceDays: random(9),
    unfinished: { fails: one(["open", "closed"]), afterMinutes: random(99) },
  };
}
