/** Workflows of GitHub as a whole, and how their jobs ship what they build. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import { type Policy, workflow } from "../../policy.ts";
import { failAt, notApplicable, passAt } from "../../verdict.ts";

const syntax = "https://docs.github.com/actions/reference/workflow-syntax-for-github-actions";

const limitsToken: Condition = (node) => {
  const permissions = child(node, "permissions");
  if (permissions) {
    return textOf(permissions) === "write-all"
      ? failAt(permissions, "write-all gives every right")
      : passAt(permissions.at);
  }
  const jobs = child(node, "jobs");
  const names = jobs?.is === "block" ? jobs.keys() : [];
  // Where every job says what it needs, nothing is left to the default.
  if (names.length > 0 && names.every((name) => child(child(jobs, name), "permissions"))) return passAt(node.at);
  return failAt(node, "no permissions are named, so those of the repository's settings hold");
};

const asksNothing: Condition = (node) => {
  const dispatch = child(child(node, "on"), "workflow_dispatch");
  const inputs = child(dispatch, "inputs");
  const isAsked = inputs?.is === "block" && inputs.keys().length > 0;
  return isAsked ? failAt(inputs, "who starts the workflow gives it values") : passAt(node.at);
};

const stepsOf = (job: Node) => itemsOf(child(job, "steps"));
const usesOf = (step: Node) => textOf(child(step, "uses")) ?? "";
const runOf = (step: Node) => textOf(child(step, "run")) ?? "";

function pushesImage(step: Node): boolean {
  if (/^docker\/build-push-action@/i.test(usesOf(step))) {
    const push = child(child(step, "with"), "push");
    return push !== undefined && !(push.is === "scalar" && String(push.value) === "false");
  }
  return /\b(?:docker|podman|buildah)\s+(?:image\s+)?push\b|\bdocker\s+buildx\s+build\b[^\n]*--push\b/.test(
    runOf(step),
  );
}

/** Asked of jobs that push an image; `isDone` looks for the step that must stand beside it. */
function besideImage(isDone: (step: Node) => boolean, why: string): Condition {
  return (node) => {
    const push = stepsOf(node).find(pushesImage);
    if (!push) return notApplicable;
    return stepsOf(node).some(isDone) ? passAt(push.at) : failAt(push, why);
  };
}

const signs = (step: Node) =>
  /\bcosign\s+sign\b|\bnotation\s+sign\b|\bdocker\s+trust\s+sign\b/.test(runOf(step)) ||
  /^actions\/attest-build-provenance@|^notaryproject\/notation-action\/sign@/i.test(usesOf(step));

const listsContents = (step: Node) => {
  const wanted = child(child(step, "with"), "sbom");
  return (
    /\bcosign\s+attest\b|\bsyft\b|\bcdxgen\b|\bdocker\s+sbom\b|--sbom\b|\btrivy\b[^\n]*--format\s+(?:cyclonedx|spdx)/.test(
      runOf(step),
    ) ||
    /^(?:anchore\/sbom-action|actions\/attest-sbom|cyclonedx\/|microsoft\/sbom-action|advanced-security\/spdx)/i.test(
      usesOf(step),
    ) ||
    (wanted !== undefined && !(wanted.is === "scalar" && String(wanted.value) === "false"))
  );
};

const file = (top: string) =>
  workflow(`name: build\n${top}jobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n    - run: make\n`);
const image = (steps: string) =>
  workflow(
    `name: image\non: push\npermissions: read-all\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n    - run: docker push registry.example/app:1\n${steps}`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/github-token-not-limited",
    aliases: ["CKV2_GHA_1"],
    title: "The token of the workflow has more rights than needed",
    severity: "medium",
    why: "Every action and script of the workflow can use the token. If one of them turns hostile, it can change code, releases and packages.",
    fix: "Write permissions: contents: read at the top, and give single jobs what they need beyond.",
    links: [`${syntax}#permissions`],
    controls: "least-privilege",
    on: { "workflow:file": limitsToken },
    examples: {
      bad: [file("on: push\n"), file("on: push\npermissions: write-all\n")],
      good: [file("on: push\npermissions:\n  contents: read\n")],
    },
  },
  {
    id: "iac/github-workflow-asks-for-values",
    aliases: ["CKV_GHA_7"],
    title: "Who starts the workflow decides about its result",
    severity: "low",
    why: "What a workflow builds should follow from the source alone; values typed in by hand leave no trace in the repository.",
    fix: "Remove the inputs of workflow_dispatch, or use them only for what does not reach the result.",
    links: [`${syntax}#onworkflow_dispatchinputs`],
    controls: "pipeline-security",
    on: { "workflow:file": asksNothing },
    examples: {
      bad: [
        file("on:\n  workflow_dispatch:\n    inputs:\n      version:\n        type: string\npermissions: read-all\n"),
      ],
      good: [file("on:\n  workflow_dispatch:\npermissions: read-all\n")],
    },
  },
  {
    id: "iac/github-image-not-signed",
    aliases: ["CKV_GHA_5"],
    title: "An image is pushed without a signature",
    severity: "low",
    why: "Without a signature nobody can tell the image of this workflow from one that somebody else pushed.",
    fix: "Sign the image by its digest after the push (cosign sign), and check the signature where it is run.",
    links: ["https://docs.sigstore.dev/cosign/signing/signing_with_containers/"],
    controls: "supply-chain",
    on: { "workflow:job": besideImage(signs, "no step signs the image") },
    examples: {
      bad: [image("")],
      good: [image("    - run: cosign sign --yes registry.example/app@$DIGEST\n")],
    },
  },
  {
    id: "iac/github-image-without-bill-of-materials",
    aliases: ["CKV_GHA_6"],
    title: "An image is pushed without a list of its contents",
    severity: "low",
    why: "When a vulnerability becomes known, nobody can say quickly whether the image has the component.",
    fix: "Make an SBOM and attach it to the image (cosign attest, or sbom: true of the build action).",
    links: ["https://docs.docker.com/build/metadata/attestations/sbom/"],
    controls: "supply-chain",
    on: { "workflow:job": besideImage(listsContents, "no step makes a list of the contents") },
    examples: {
      bad: [image("")],
      good: [
        image("    - run: cosign attest --yes --type cyclonedx --predicate sbom.json registry.example/app@$DIGEST\n"),
      ],
    },
  },
];
