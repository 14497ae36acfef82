/**
 * Azure Pipelines, known by their content whatever the file is called, templates included: a resource for the file, each
 * job and each step. Templates are read as they are; what calls them is not looked up.
 */

import type { SourceFile } from "#model/source-file.ts";
import type { Node } from "../../../formats/node.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { type Language, unitPerFile } from "../../language.ts";
import { problemAt } from "../../problem-at.ts";
import type { ReadUnit } from "../../resource.ts";
import { pipelineResources } from "./pipeline-resources.ts";

export const azurePipelines: Language = {
  name: "azure-pipelines",
  selects: (path) => /\.ya?ml$/i.test(path) && !/(?:^|\/)\.(?:github|gitlab|circleci)(?:\/|-ci)/i.test(path),
  recognizes: (file) => looksLikePipeline(file.text() ?? ""),
  links: () => [],
  units: unitPerFile,
  read: ({ files }) => {
    const read = files.map(readFile);
    return { resources: read.flatMap((one) => one.resources), problems: read.flatMap((one) => one.problems) };
  },
};

const list = /^(?:steps|jobs|stages|phases)\s*:/m;
const item =
  /^[ \t]*-[ \t]+(?:(?:script|bash|pwsh|powershell|checkout|job|phase|deployment|stage|template|download|publish|getPackage)\s*:|task\s*:\s*["']?[\w.-]+@\d|\$\{\{)/m;
// Lines are told apart: where two parts may take the same empty ones, time would grow with the square of them.
const extended = /^extends\s*:[ \t]*(?:#.*)?\r?\n\s+(?:template|parameters)\s*:/m;
const own = /^(?:trigger|pr|pool|parameters|resources|variables|schedules|stages|jobs|phases|steps|name)\s*:/m;
/** Keys at the top of files that belong to something else: Kubernetes, GitHub, compose, GitLab, CircleCI, Concourse. */
const other =
  /^["']?(?:apiVersion|on|services|version|image|workflows|resource_types|openapi|swagger|AWSTemplateFormatVersion)["']?\s*:/m;

function looksLikePipeline(text: string): boolean {
  if (!own.test(text) || other.test(text)) return false;
  return (list.test(text) && item.test(text)) || extended.test(text);
}

function readFile(source: SourceFile): ReadUnit {
  const file = { path: source.path, text: source.text() ?? "" };
  const { documents, problems } = readYaml(file);
  const told = problems.map(({ code, message, place }) =>
    problemAt(place, code, `This pipeline could not be read whole: ${message}.`),
  );
  const root: Node | undefined = documents[0]?.node;
  if (root?.is !== "block") return { resources: [], problems: told };
  return { resources: pipelineResources(source.path, root, documents[0]?.at ?? root.at), problems: told };
}
