/** Jobs and steps of Azure Pipelines, judged by the file alone. */
import { child, type Node, textOf } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import { type ImageName, parseImageName } from "../../languages/dockerfile/image-name.ts";
import { type Policy, pipeline } from "../../policy.ts";
import { failAt, notApplicable, passAt, unknownAt } from "../../verdict.ts";

const jobs = "https://learn.microsoft.com/azure/devops/pipelines/process/container-phases";
const secrets = "https://learn.microsoft.com/azure/devops/pipelines/process/set-secret-variables";

/** The image of a job's container; jobs without a container are not concerned. */
function containerImage(judge: (image: ImageName) => string | undefined): Condition {
  return (node) => {
    const image = child(node, "image");
    if (!image) return notApplicable;
    if (image.is === "unknown") return unknownAt(image.at, image.reason);
    const why = judge(parseImageName(textOf(image) ?? ""));
    return why === undefined ? passAt(image.at) : failAt(image, why);
  };
}

const hasVersion = containerImage(({ tag, digest }) => {
  if (digest !== undefined) return undefined;
  if (tag === undefined) return "no version is named, which means latest";
  return tag === "latest" ? "latest is no version" : undefined;
});

/** The text that a step runs, however it is written. */
function scriptOf(step: Node): Node | undefined {
  for (const key of ["bash", "script", "pwsh", "powershell"]) {
    const script = child(step, key);
    if (script) return script;
  }
  return child(child(step, "inputs"), "script");
}

const setsVariable = /##vso\[task\.setvariable\b([^\]]*)\]([^\r\n]*)/gi;
/** `$NAME`, `$(...)`, `${{ ... }}`, `%NAME%`, `{0}` of a format: worked out when the step runs. */
const workedOut = /[$`]|%\w+%|\{\d*\}/;

const setsNoWrittenSecret: Condition = (node) => {
  const script = scriptOf(node);
  const text = textOf(script);
  if (!script || text === undefined || !/task\.setvariable/i.test(text)) return notApplicable;
  for (const [, properties = "", value = ""] of text.matchAll(setsVariable)) {
    const isSecret = /\bissecret\s*=\s*true\b/i.test(properties);
    const written = value.replace(/["'`;)\s]+$/, "");
    if (isSecret && written !== "" && !workedOut.test(written)) {
      return failAt(script, "the value of a secret variable stands in the script");
    }
  }
  return passAt(script.at);
};

const job = (container: string) =>
  pipeline(`trigger:\n- main\njobs:\n- job: build\n  container: ${container}\n  steps:\n  - script: make\n`);
const step = (value: string) =>
  pipeline(
    `trigger:\n- main\nsteps:\n- bash: |\n    echo "##vso[task.setvariable variable=token;issecret=true]${value}"\n  name: token\n`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-pipelines-container-without-version",
    aliases: ["CKV_AZUREPIPELINES_1"],
    title: "A job runs in a container without a version",
    severity: "medium",
    why: "latest is whatever was pushed last. A changed image runs with the rights and the secrets of the pipeline.",
    fix: "Name a version, or better the digest of the image that was looked at.",
    links: [jobs],
    controls: "supply-chain",
    on: { "pipeline:job": hasVersion },
    examples: { bad: [job("node:latest"), job("node")], good: [job("node:22.4")] },
  },
  {
    id: "iac/azure-pipelines-container-without-digest",
    aliases: ["CKV_AZUREPIPELINES_2"],
    title: "A job runs in a container that is not pinned to a digest",
    severity: "low",
    why: "A tag can be moved to another image, which then runs with the rights and the secrets of the pipeline.",
    fix: "Write the digest behind the version: node:22.4@sha256:...",
    links: [jobs],
    controls: "supply-chain",
    on: {
      "pipeline:job": containerImage(({ digest }) => (digest === undefined ? "no digest is named" : undefined)),
    },
    examples: { bad: [job("node:22.4")], good: [job(`node:22.4@sha256:${"0".repeat(64)}`)] },
  },
  {
    id: "iac/azure-pipelines-secret-in-script",
    aliases: ["CKV_AZUREPIPELINES_3"],
    title: "The value of a secret variable stands in a script",
    severity: "high",
    why: "issecret hides the value in logs only. Everybody who can read the repository reads it in the script.",
    fix: "Replace the secret where it is valid, and keep the new one in a variable group linked to a key vault. A script may hand on a value that it was given.",
    links: [secrets],
    controls: "secret-handling",
    on: { "pipeline:step": setsNoWrittenSecret },
    examples: { bad: [step("swordfish")], good: [step("$(made-before)"), step("$TOKEN")] },
  },
];
