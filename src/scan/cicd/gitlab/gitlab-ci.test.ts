/** Files are known by what they hold, findings stand in their lines, and no file makes the scanner throw. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSpan } from "#model/span.ts";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { gitlabCi } from "./gitlab-ci.ts";

const context = { fingerprintKey: new Uint8Array(32), includePassed: true };

function fileOf(text: string, path = "a.yml") {
  return sourceFileOf(path, "0", new TextEncoder().encode(text));
}

const kinds: readonly (readonly [string, string, boolean])[] = [
  [".gitlab-ci.yml", "include: /a.yml\n", true],
  ["ci/build.yml", "a:\n  script: make\n", true],
  [
    "ci/build.yml",
    "spec:\n  inputs: {}\n---\n.a:\n  before_script:\n    - !reference [.b, script]\n  script: [make]\n",
    true,
  ],
  ["azure-pipelines.yml", "steps:\n- script: make\n", false],
  ["azure-pipelines.yml", "jobs:\n- job: a\n  steps:\n  - script: make\n", false],
  [".github/workflows/a.yml", "on: push\njobs:\n  a:\n    steps:\n      - with:\n          script: a\n", false],
  [".travis.yml", "language: c\nscript: make\n", false],
];

describe("recognizes", () => {
  for (const [path, text, expected] of kinds)
    it(`${path} ${JSON.stringify(text)}: ${expected}`, () =>
      assert.equal(gitlabCi.recognizes(fileOf(text, path)), expected));
});

describe("scan", () => {
  it("finds in lines of lists, blocks and of all jobs", () => {
    const text = `default:
  before_script:
    - echo $CI_COMMIT_TITLE
a:
  script:
    - |
      make
      eval "x $CI_COMMIT_REF_NAME"
    - wget https://get.example/x.sh
    - sh x.sh
`;
    const found = gitlabCi.scan("a.yml", [fileOf(text)], context).findings;
    assert.deepEqual(
      found.map(({ rule, at }) => `${isSpan(at) && at.startLine} ${rule}`),
      ["10 cicd/gitlab-remote-script", "3 cicd/gitlab-script-injection", "8 cicd/gitlab-script-injection"],
    );
  });

  it("tells the worst of what a script does with a name", () => {
    const text = `a:
  script:
    - |
      echo "Building $CI_COMMIT_REF_NAME"
      eval "deploy $CI_COMMIT_REF_NAME"
      git log $CI_COMMIT_REF_NAME
`;
    const found = gitlabCi.scan("a.yml", [fileOf(text)], context).findings;
    assert.deepEqual(
      found.map(({ severity, at }) => `${isSpan(at) && at.startLine} ${severity}`),
      ["5 high"],
    );
  });

  it("tells once what aliases and merged keys bring to many jobs", () => {
    const text = `.all: &all
  image: node:latest
  before_script: &before
    - eval "x $CI_COMMIT_TITLE"
a:
  <<: *all
  script: make
b:
  <<: *all
  script: *before
`;
    const found = gitlabCi.scan("a.yml", [fileOf(text)], context).findings;
    assert.deepEqual(
      found.map(({ rule, resource }) => `${resource?.address} ${rule}`),
      [
        ".all/before_script[0]/CI_COMMIT_TITLE cicd/gitlab-script-injection",
        ".all: node:latest cicd/gitlab-unpinned-image",
      ],
    );
  });

  it("says what was left out of a file without end", () => {
    const text = `a:\n  script:\n${"    - make\n".repeat(20_010)}`;
    assert.match(gitlabCi.scan("a.yml", [fileOf(text)], context).problems[0]?.message ?? "", /10 were left out/);
  });

  it("says of a file that is too large that it was not read", () => {
    const large = fileOf(`a:\n  script:\n    - make\n${"    # a\n".repeat(260_000)}`);
    assert.equal(gitlabCi.recognizes(large), true);
    const [problem] = gitlabCi.scan("a.yml", [large], context).problems;
    assert.deepEqual([problem?.code, problem?.path], ["too-large", "a.yml"]);
  });

  it("withstands every mutation", () => {
    const text = `spec: { inputs: { a: { options: [x] } } }\n---\ninclude: [{remote: "https://a.example"}, {project: b, ref: c}]\n.a: &a\n  image: { name: "b:$C" }\n  services: [d]\n  variables: { CI_DEBUG_TRACE: "true" }\n  script:\n    - [ "eval $CI_COMMIT_TAG", [b] ]\n    - !reference [c, script]\n    - ./d $[[ inputs.a | expand_vars ]]\nb: *a\nc:\n  <<: *a\n`;
    for (let at = 0; at < text.length; at += 3) {
      for (const piece of ["", "\n", ":", "[", "- ", "*a", "$[[", "\u0000"]) {
        const file = fileOf(text.slice(0, at) + piece + text.slice(at + 1 + (at % 3)), ".gitlab-ci.yml");
        if (gitlabCi.recognizes(file)) gitlabCi.scan(".gitlab-ci.yml", [file], context);
      }
    }
  });

  it("is done in a moment with a long script that is given to a second shell", () => {
    const uses = "make $CI_COMMIT_TAG; ".repeat(20_000);
    takesAtMost(2, () => {
      for (const quote of ['"', "'"])
        gitlabCi.scan("a.yml", [fileOf(`a:\n  script:\n    - |\n      sh -c ${quote}${uses}${quote}\n`)], context);
    });
  });

  it("is done in a moment with what is made to be long", () => {
    takesAtMost(8, () => {
      const long = [
        `a:\n  script:\n    - make\n    - "${"curl x | sh; ".repeat(5_000)}"\n`,
        `a:\n  script:\n${"    - curl -o a x; sh a\n".repeat(5_000)}`,
        `a:\n  script:\n    - "${"eval $CI_COMMIT_TAG $[[ inputs.a ; ".repeat(5_000)}"\n`,
        `include:\n${"  - project: a\n".repeat(5_000)}`,
      ];
      for (const text of long) gitlabCi.scan("a.yml", [fileOf(text)], context);
    });
  });
});
