/** Renders the templates of a chart and its subcharts; what one template cannot do does not stop the others. */
import { renderTemplate, type Template, type TemplateSet } from "../../../formats/go-template/evaluate.ts";
import type { Rendered } from "../../../formats/go-template/output.ts";
import { parseTemplate } from "../../../formats/go-template/parse-template.ts";
import { type Room, roomOf, TemplateOverrun, type TemplateProblem } from "../../../formats/go-template/room.ts";
import { templateFunctions } from "../../../formats/go-template/template-functions.ts";
import { textOfFile } from "../../../formats/go-template/traced-text.ts";
import { dict, type Unknowns } from "../../../formats/go-template/value.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { chartValues, type ValuedChart } from "./chart-values.ts";
import type { RootChart } from "./read-chart.ts";
import { contextMaker } from "./template-context.ts";

export interface RenderedTemplate {
  readonly file: TextFile;
  readonly rendered: Rendered;
}

export interface RenderedChart {
  readonly templates: readonly RenderedTemplate[];
  readonly problems: readonly TemplateProblem[];
  readonly unknowns: Unknowns;
}

/** A chart with the path of charts that led to it. */
interface Placed {
  readonly valued: ValuedChart;
  readonly trail: string;
  readonly isRoot: boolean;
}

interface Job {
  readonly placed: Placed;
  readonly path: string;
  readonly file: TextFile;
  readonly template: Template;
}

export function renderChart(chart: RootChart): RenderedChart {
  const room = roomOf();
  const root = chartValues(chart, dict([]), room.unknowns);
  const jobs: Job[] = [];
  const templates = new Map<string, Template>();
  for (const placed of placedCharts(root)) addTemplates(placed, templates, jobs, room);
  const missing = chart.missing.length > 0 ? "it comes from a dependency that is not in the repository" : undefined;
  const set: TemplateSet = { templates, functions: templateFunctions, room, missing };
  const { contextFor } = contextMaker(room);
  const rendered = jobs
    .filter(({ placed, path }) => isManifest(path) && !placed.valued.chart.isLibrary)
    .flatMap(({ placed, path, file, template }) => {
      const context = contextFor(placed.valued, placed.trail, path, placed.isRoot);
      const result = renderSafely(room, file, () => renderTemplate(set, template, context));
      return result ? [{ file, rendered: result }] : [];
    });
  return { templates: rendered, problems: room.problems, unknowns: room.unknowns };
}

/** Deeper charts first: what a parent defines under the same name counts. */
function placedCharts(root: ValuedChart): readonly Placed[] {
  const all: Placed[] = [];
  const add = (valued: ValuedChart, trail: string, isRoot: boolean): void => {
    all.push({ valued, trail, isRoot });
    for (const part of valued.parts) add(part, `${trail}/charts/${part.chart.name}`, false);
  };
  add(root, root.chart.name, true);
  return all.sort((a, b) => b.trail.split("/").length - a.trail.split("/").length);
}

function addTemplates(placed: Placed, templates: Map<string, Template>, jobs: Job[], room: Room): void {
  const paths = [...placed.valued.chart.files.keys()].filter((path) => path.startsWith("templates/")).sort();
  for (const path of paths) {
    const file = placed.valued.chart.files.get(path);
    if (!file) continue;
    const parsed = parseTemplate(file.text);
    if ("message" in parsed) {
      const start = Math.min(parsed.offset, file.text.length);
      room.report({
        is: "failure",
        message: `this is no template, ${parsed.message}`,
        at: { file, start, end: start },
      });
      continue;
    }
    const source = textOfFile(file);
    for (const [name, body] of parsed.defined) templates.set(name, { body, source });
    const template = { body: parsed.body, source };
    templates.set(`${placed.trail}/${path}`, template);
    jobs.push({ placed, path, file, template });
  }
}

/** Partials begin with an underscore; notes are for people. */
function isManifest(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return !name.startsWith("_") && /\.(?:ya?ml|json|tpl)$/i.test(name);
}

/** How much of the stack a level takes depends on what stands in it: templates may fill it before they are counted as too deep. */
function overrunIn(error: unknown): string | undefined {
  if (error instanceof RangeError) return "templates use each other too deeply, or make too much";
  return error instanceof TemplateOverrun ? error.message : undefined;
}

function renderSafely(room: Room, file: TextFile, render: () => Rendered): Rendered | undefined {
  room.renew();
  try {
    return render();
  } catch (error) {
    const message = overrunIn(error);
    if (message === undefined) throw error;
    room.report({ is: "overrun", message, at: { file, start: 0, end: 0 } });
    return undefined;
  }
}
