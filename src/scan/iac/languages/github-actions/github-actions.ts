/** Workflows and actions of GitHub: a resource for the file, each job and each step. Nothing is looked up elsewhere. */

import type { SourceFile } from "#model/source-file.ts";
import { type Block, child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { type Language, unitPerFile } from "../../language.ts";
import { problemAt } from "../../problem-at.ts";
import { noConnections, type ReadUnit, type Resource } from "../../resource.ts";

export const githubActions: Language = {
  name: "github-actions",
  selects: (path) => /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/i.test(path) || isAction(path),
  recognizes: (file) => !isAction(file.path) || /^runs\s*:/m.test(file.text() ?? ""),
  links: () => [],
  units: unitPerFile,
  read: ({ files }) => {
    const read = files.map(readFile);
    return { resources: read.flatMap((one) => one.resources), problems: read.flatMap((one) => one.problems) };
  },
};

function isAction(path: string): boolean {
  return /(?:^|\/)action\.ya?ml$/i.test(path);
}

function readFile(source: SourceFile): ReadUnit {
  const file = { path: source.path, text: source.text() ?? "" };
  const { documents, problems } = readYaml(file);
  const told = problems.map(({ code, message, place }) =>
    problemAt(place, code, `This workflow could not be read whole: ${message}.`),
  );
  const root = documents[0]?.node;
  if (root?.is !== "block") return { resources: [], problems: told };
  const kind = isAction(source.path) ? "action" : "file";
  const whole = resourceOf(kind, source.path, documents[0]?.at ?? root.at, root);
  const steps = stepsOf(child(child(root, "runs"), "steps"), "runs");
  return { resources: [whole, ...jobsOf(child(root, "jobs")), ...steps], problems: told };
}

function jobsOf(jobs: Node | undefined): readonly Resource[] {
  if (jobs?.is !== "block") return [];
  return jobs.keys().flatMap((id): readonly Resource[] => {
    const member = jobs.get(id);
    if (member?.value.is !== "block") return [];
    const address = `jobs(${id})`;
    const at = { ...member.whole, start: member.key.start };
    return [resourceOf("job", address, at, member.value), ...stepsOf(child(member.value, "steps"), address)];
  });
}

function stepsOf(steps: Node | undefined, within: string): readonly Resource[] {
  return itemsOf(steps).flatMap((step, index): readonly Resource[] => {
    if (step.is !== "block") return [];
    const name = textOf(child(step, "name")) ?? textOf(child(step, "id"));
    const address = `${within}.steps[${index}]${name === undefined ? "" : `(${name})`}`;
    return [resourceOf("step", address, step.at, step)];
  });
}

function resourceOf(type: string, address: string, at: Place, body: Block): Resource {
  return {
    dialect: "workflow",
    language: "github-actions",
    types: [type],
    address,
    at,
    body,
    calledFrom: [],
    skips: [],
    connected: () => noConnections,
  };
}
