/** Templates are put together as Azure does it, every text keeps its place, and hostile files end soon. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { positionOf } from "../text-file.ts";
import { type ExpandedPipeline, expandPipeline } from "./expand-pipeline.ts";
import type { Expansion } from "./expansion.ts";
import { type PipelineNode, textOf, valueAt } from "./source-node.ts";
import { placeIn } from "./text-places.ts";

type Files = Readonly<Record<string, string>>;

function expand(files: Files, mode: Expansion["mode"] = "exact"): ExpandedPipeline {
  return expandPipeline(
    { path: "ci/main.yml", text: files["ci/main.yml"] ?? "" },
    (path, repository) => {
      const text = files[repository ? `${repository.name}@${repository.ref}:${path}` : path];
      return text === undefined
        ? { missing: "there is no such file" }
        : { path, text, ...(repository && { repository: repository.alias }) };
    },
    mode,
  );
}

function plain(node: PipelineNode | undefined): unknown {
  if (!node) return undefined;
  if (node.is === "scalar") return node.when === undefined ? node.text : `${node.text} if ${node.when}`;
  if (node.is === "list") return node.items.map(plain);
  const own = Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)]));
  return node.when === undefined ? own : { ...own, when: node.when };
}

function partOf(files: Files | string, key: string, mode?: Expansion["mode"]): unknown {
  return plain(valueAt(expand(typeof files === "string" ? { "ci/main.yml": files } : files, mode).root, key));
}

const script = (...texts: readonly string[]) => texts.map((text) => ({ script: text }));

test("conditions and loops in lists and mappings", () => {
  const text = `parameters:
- { name: all, type: boolean, default: false }
- name: targets
  type: object
  default: { a: 1, b: 2 }
steps:
- \${{ if parameters.all }}:
  - script: all
- \${{ elseif eq(length(parameters.targets), 2) }}:
  - script: two
- \${{ else }}:
  - script: else
- \${{ each target in parameters.targets }}:
  - script: \${{ target.key }}=\${{ target.value }}
- script: x
  \${{ if not(parameters.all) }}:
    env: { some: y }
  env:
    \${{ insert }}: \${{ parameters.targets }}
`;
  assert.deepEqual(partOf(text, "steps"), [...script("two", "a=1", "b=2"), { script: "x", env: { a: "1", b: "2" } }]);
});

test("what somebody may choose keeps both branches, and says when", () => {
  const text = `parameters:
- { name: prod, type: boolean, default: false }
steps:
- \${{ if parameters.prod }}:
  - script: prod
- \${{ else }}:
  - script: other
- \${{ if eq(variables['Build.Reason'], 'PullRequest') }}:
  - script: pr
`;
  assert.deepEqual(partOf(text, "steps", "possible"), [
    { script: "prod", when: "parameters.prod" },
    { script: "other", when: "not (parameters.prod)" },
    { script: "pr", when: "eq(variables['Build.Reason'], 'PullRequest')" },
  ]);
});

test("templates: paths, parameters, variables in their order, other repositories", () => {
  const files: Files = {
    "ci/main.yml": `resources:
  repositories:
  - { repository: shared, name: p/shared, ref: refs/tags/v1 }
variables:
- template: vars.yml
  parameters: { kind: x }
- name: both
  value: \${{ variables.kind }}-\${{ variables['kind'] }}
steps:
- template: ../steps/a.yml
  parameters:
    name: \${{ variables.both }}
    more:
    - template: b.yml@shared
- template: /steps/c.yml
`,
    "ci/vars.yml": `parameters: { kind: none }\nvariables:\n  kind: \${{ parameters.kind }}\n`,
    "steps/a.yml": `parameters:\n- { name: name, type: string }\n- { name: more, type: stepList, default: [] }\nsteps:\n- script: \${{ parameters.name }}\n- \${{ parameters.more }}\n- template: c.yml\n`,
    "steps/c.yml": "steps:\n- script: c\n",
    "p/shared@refs/tags/v1:b.yml": "steps:\n- template: sub/d.yml\n",
    "p/shared@refs/tags/v1:sub/d.yml": "steps:\n- script: d\n",
  };
  const expanded = expand(files);
  assert.deepEqual(expanded.unresolved, []);
  assert.deepEqual(
    plain(valueAt(expanded.root, "steps")),
    script("x-x", "c", "d", "c").toSpliced(1, 2, ...script("d", "c")),
  );
});

test("extends brings stages, jobs and steps", () => {
  const files = {
    "ci/main.yml": "trigger: none\nextends:\n  template: base.yml\n  parameters: { n: 2 }\n",
    "ci/base.yml": `parameters:\n- { name: n, type: number }\njobs:\n- job: j\${{ parameters.n }}\n`,
  };
  assert.deepEqual(partOf(files, "jobs"), [{ job: "j2" }]);
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  [
    "a missing value",
    "parameters:\n- { name: x, type: string }\nsteps:\n- script: a\n",
    /A value for the 'x' parameter/,
  ],
  ["an unknown parameter", "parameters: []\nsteps:\n- script: a\n", /Unexpected parameter 'x'/],
  [
    "a wrong type",
    "parameters:\n- { name: x, type: number, default: 1 }\nsteps:\n- script: a\n",
    /Unexpected value 'text'/,
  ],
  [
    "a value that is not listed",
    "parameters:\n- { name: x, values: [a] }\nsteps:\n- script: a\n",
    /does not allow the value/,
  ],
  [
    "a list for a text",
    "parameters:\n- { name: x, default: [a] }\nsteps:\n- script: a\n",
    /A sequence was not expected/,
  ],
];

for (const [name, template, message] of refused) {
  test(`Azure refuses ${name}`, () => {
    const given =
      name === "a missing value"
        ? ""
        : name.startsWith("a list")
          ? "  parameters: { x: [a] }\n"
          : "  parameters: { x: text }\n";
    const { problems } = expand({ "ci/main.yml": `steps:\n- template: t.yml\n${given}`, "ci/t.yml": template });
    assert.match(problems.map((one) => one.message).join("; "), message);
  });
}

test("the place of a character: block scalars, folded lines, quotes, and behind what an expression put in", () => {
  const text = `parameters:\n- { name: p, default: longer-than-that }\nsteps:\n- bash: |\n    one\n\n    two \${{ parameters.p }} HERE\n- bash: >-\n    folded\n    HERE\n- bash: 'it''s HERE'\n- bash: "a\\tHERE"\n`;
  const { root } = expand({ "ci/main.yml": text });
  const steps = valueAt(root, "steps");
  const found = (steps?.is === "list" ? steps.items : []).map((step) => {
    const node = valueAt(step, "bash");
    if (node?.is !== "scalar") return "none";
    const at = node.text.indexOf("HERE");
    const place = placeIn(node, at, at + 4);
    return `${positionOf(place.file, place.start).line} ${text.slice(place.start, place.end)}`;
  });
  assert.deepEqual(found, ["7 HERE", "10 HERE", "11 HERE", "12 HERE"]);
});

test("files that call themselves, unfold or never end are bounded and told", () => {
  const self = `steps:\n- template: main.yml\n- template: main.yml\n`;
  const looping = expand({ "ci/main.yml": self }, "possible");
  assert.match(looping.unresolved.map(({ reason }) => reason).join(), /deeper than 100|more than 2000/);
  const loops = `parameters:\n- name: l\n  type: object\n  default: [${"a,".repeat(99)}a]\nsteps:\n${`- \${{ each a in parameters.l }}:\n  - \${{ each b in parameters.l }}:\n    - \${{ each c in parameters.l }}:\n      - script: x\n`}`;
  assert.match(
    expand({ "ci/main.yml": loops })
      .problems.map(({ message }) => message)
      .join(),
    /more than 200000 values/,
  );
  const bomb = `a: &a [${"x,".repeat(9)}x]\n${"bcdefg"
    .split("")
    .map((name, at) => `${name}: &${name} [${`*${"abcdef"[at]},`.repeat(9)}1]\n`)
    .join("")}steps:\n- script: a\n`;
  assert.match(
    expand({ "ci/main.yml": bomb })
      .problems.map(({ message }) => message)
      .join(),
    /more than 200000 values/,
  );
  assert.match(
    expand({ "ci/main.yml": "[".repeat(100_000) })
      .problems.map(({ message }) => message)
      .join(),
    /deeper than 256/,
  );
});

test("no mutation of a file makes it throw", () => {
  const text = `parameters:\n- name: p\n  type: object\n  default: {a: 1}\nvariables:\n  v: \${{ parameters.p.a }}\njobs:\n- \${{ each x in parameters.p }}:\n  - job: \${{ x.key }}\n    \${{ if eq(variables.v, 1) }}:\n      steps:\n      - bash: |\n          echo \${{ x.value }}\n`;
  for (let at = 0; at < text.length; at += 3) {
    for (const piece of ["", "\n", ":", "[", `\${{`, "- ", "&a ", "*a", "}}", "\u0000"]) {
      const { root } = expand({ "ci/main.yml": text.slice(0, at) + piece + text.slice(at + 1 + (at % 3)) }, "possible");
      textOf(root);
    }
  }
});
