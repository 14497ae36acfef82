/**
 * Helm charts: rendered in process with their default values, subcharts within their parents, packed ones too. Resources
 * stand in the templates, their values know the line of values.yaml that decided. Other values files are not applied: nobody
 * can see which of them is used. Dependencies that are not in the repository are told and their templates are unknown.
 */

import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { placeOf } from "../../../formats/go-template/output.ts";
import { placedNode } from "../../../formats/go-template/placed-nodes.ts";
import type { TemplateProblem } from "../../../formats/go-template/room.ts";
import type { Unknowns } from "../../../formats/go-template/value.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { Language, Unit } from "../../language.ts";
import { problemAt } from "../../problem-at.ts";
import type { ReadUnit } from "../../resource.ts";
import { type KubernetesDocument, resourcesOfDocuments } from "../kubernetes/resources-of-documents.ts";
import { isArchive, isChartArchive } from "./archive-paths.ts";
import { chartFolderOf } from "./chart-archives.ts";
import { chartUnits, isChartFile, localDependencies } from "./chart-units.ts";
import { fitUnknownLines } from "./fit-unknown-lines.ts";
import { readChart, readPackedChart } from "./read-chart.ts";
import { releasedDocument } from "./released-document.ts";
import { type RenderedTemplate, renderChart } from "./render-chart.ts";

export const helm: Language = {
  name: "helm",
  selects: (path) => isChartFile(path) || isArchive(path),
  recognizes: (file) => !isArchive(file.path) || isChartArchive(file.path) || chartFolderOf(file) !== undefined,
  links: linksOf,
  units: chartUnits,
  read: readUnit,
};

function linksOf(file: SourceFile): readonly string[] {
  if (!isArchive(file.path)) return localDependencies(file);
  const folder = chartFolderOf(file);
  return folder === undefined ? [] : [folder];
}

function readUnit({ root, files }: Unit): ReadUnit {
  const chart = isArchive(root) ? readPackedChart(root, files) : readChart(root, files);
  if (!chart) return { resources: [], problems: [] };
  const { templates, problems: faults, unknowns } = renderChart(chart);
  const problems: Problem[] = [...chart.problems, ...faults.map(problemOf)];
  const documents = templates.flatMap((template) => documentsOf(template, unknowns, problems));
  const isPart = chart.missing.length > 0;
  const open = isPart ? `the dependency ${chart.missing.join(", ")} is not in the repository` : undefined;
  return { resources: resourcesOfDocuments(documents, { language: "helm", open }), problems };
}

function documentsOf(
  { file, rendered }: RenderedTemplate,
  unknowns: Unknowns,
  problems: Problem[],
): readonly KubernetesDocument[] {
  const { documents, problems: faults } = readYaml(
    { path: file.path, text: fitUnknownLines(rendered.text) },
    { yaml11: true },
  );
  for (const { message, code, place } of faults) {
    const at = placeOf(rendered, place.start, place.start + 1) ?? { file, start: 0, end: 0 };
    problems.push(
      problemAt(at, code, `What this template makes with the default values could not be read whole: ${message}.`),
    );
  }
  return documents.flatMap(({ node, at }) => {
    const place = placeOf(rendered, at.start, at.end);
    if (!node || !place) return [];
    return [{ node: releasedDocument(placedNode(node, rendered, unknowns)), at: place }];
  });
}

function problemOf({ is, message, at }: TemplateProblem): Problem {
  switch (is) {
    case "failure":
      return problemAt(at, "template", `This could not be worked out: ${message}. The rest was rendered.`);
    case "overrun":
      return problemAt(at, "too-large", `This template was not rendered to its end: ${message}.`);
    case "needed": {
      const words = `The chart says of its default values: ${message.trim()}. It was rendered all the same, without.`;
      return { ...problemAt(at, "value-needed", words), isNotice: true };
    }
  }
}
