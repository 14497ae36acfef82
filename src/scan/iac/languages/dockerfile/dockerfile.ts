/** Dockerfiles: a resource for the whole file and one for each instruction. Images are never looked at. */

import type { SourceFile } from "#model/source-file.ts";
import { readDockerfile } from "../../../formats/dockerfile/read-dockerfile.ts";
import { type Block, child, itemsOf, textOf } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { type Language, unitPerFile } from "../../language.ts";
import { notText, problemAt } from "../../problem-at.ts";
import { noConnections, type ReadUnit, type Resource } from "../../resource.ts";
import { bodyOf, list, type Parts, scalar } from "./instruction-body.ts";
import { lineage, type Stage, type Step, stagesOf } from "./stages.ts";

const fileName = /(?:^|\/)(?:(?:docker|container)file(?:[._-][^/]*)?|[^/]+\.(?:docker|container)file)$/i;
/** Files about Dockerfiles, and templates that are none until somebody fills them. */
const otherFile =
  /\.(?:dockerignore|md|rst|adoc|txt|ya?ml|json|toml|sh|ps1|py|js|ts|go|rb|cs|j2|jinja2?|tmpl|tpl|template|erb|in|m4|lock|orig|rej|swp|html?)$/i;

export const dockerfile: Language = {
  name: "dockerfile",
  selects: (path) => fileName.test(path) && !otherFile.test(path),
  links: () => [],
  units: unitPerFile,
  read: ({ files }) => {
    const read = files.map(readFile);
    return { resources: read.flatMap((one) => one.resources), problems: read.flatMap((one) => one.problems) };
  },
};

function readFile(source: SourceFile): ReadUnit {
  const text = source.text();
  if (text === undefined) return { resources: [], problems: [notText(source.path)] };
  const file: TextFile = { path: source.path, text };
  const read = readDockerfile(file);
  const { steps, stages } = stagesOf(read);
  const image = new Set(lineage(stages.at(-1)));
  const names = new Map<string | undefined, number>();
  for (const { name } of stages) names.set(name, (names.get(name) ?? 0) + 1);
  const bodies = new Map(steps.map((step) => [step, bodyOf(step.instruction.at, withStage(step, image, names))]));
  const bodyFor = (step: Step): Block => bodies.get(step) ?? bodyOf(step.instruction.at, step.parts);
  const counts = new Map<string, number>();
  const resources = steps.map((step) => resourceOf(file, step, bodyFor(step), counts));
  const whole = stages.length > 0 ? [fileResource(file, stages, bodyFor)] : [];
  const problems = read.problems.map(({ code, message, place }) =>
    problemAt(place, code, `This line is left out, the others are checked: ${message}.`),
  );
  return { resources: [...whole, ...resources], problems };
}

/** Where the instruction stands: `stage`, whether what it does is in the image that is built, and is the last word. */
function withStage(
  { instruction, parts, stage }: Step,
  image: ReadonlySet<Stage>,
  names: ReadonlyMap<string | undefined, number>,
): Parts {
  if (!stage) return parts;
  const { at, name } = instruction;
  return {
    ...parts,
    stage: scalar(at, stage.index),
    ...(stage.name !== undefined && { stageName: scalar(at, stage.name) }),
    ...(name === "FROM" && stage.name !== undefined && { namesakes: scalar(at, (names.get(stage.name) ?? 1) - 1) }),
    inImage: scalar(at, image.has(stage)),
    lastOfKind: () => scalar(at, (stage.lasts.get(name) ?? instruction) === instruction),
  };
}

function resourceOf(file: TextFile, { instruction }: Step, body: Block, counts: Map<string, number>): Resource {
  const { name, trigger, at } = instruction;
  const label = labelOf(body);
  const address = `${file.path}.${name}${label === "" ? "" : `(${label})`}`;
  const count = counts.get(address) ?? 0;
  counts.set(address, count + 1);
  return {
    dialect: "docker",
    language: "dockerfile",
    types: trigger ? [name, trigger.name] : [name],
    address: count > 0 ? `${address}[${count}]` : address,
    at,
    body,
    // A mark anywhere in the file holds for all of it, as people know it from other tools.
    calledFrom: [{ file, start: 0, end: file.text.length }],
    skips: [],
    connected: () => noConnections,
  };
}

/** What tells an instruction from others when lines are put before it, without a value that may be secret. */
function labelOf(body: Block): string {
  const commands = itemsOf(child(body, "commands")).map((command) => textOf(child(command, "program")) ?? "");
  if (commands.length > 0) return [...new Set(commands)].slice(0, 3).join(", ");
  const variables = child(body, "variables");
  if (variables?.is === "block") return variables.keys().slice(0, 3).join(", ");
  return textOf(child(body, "alias")) ?? textOf(child(body, "destination")) ?? "";
}

function fileResource(file: TextFile, stages: readonly Stage[], bodyFor: (step: Step) => Block): Resource {
  const at = { file, start: 0, end: file.text.length };
  const final = stages.at(-1);
  const stageBody = (stage: Stage) => {
    const place = stage.steps[0]?.instruction.at ?? at;
    return bodyOf(place, { index: scalar(place, stage.index), instructions: list(place, stage.steps.map(bodyFor)) });
  };
  const image = lineage(final).toReversed();
  const body = bodyOf(at, {
    stages: () => list(at, stages.map(stageBody)),
    // What makes the image: the last stage, after those that it goes on from.
    image: () =>
      list(
        at,
        image.flatMap(({ steps }) => steps.map(bodyFor)),
      ),
  });
  return {
    dialect: "docker",
    language: "dockerfile",
    types: ["file"],
    address: file.path,
    at,
    body,
    calledFrom: [],
    skips: [],
    connected: () => noConnections,
  };
}
