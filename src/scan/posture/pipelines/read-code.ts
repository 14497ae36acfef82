/** From the files of a pipeline to what its rules look at: put together, understood, and with a name for every place. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import type { Pipeline } from "../../cicd/azure/pipeline.ts";
import { readPipeline } from "../../cicd/azure/read-pipeline.ts";
import { expandPipeline } from "../../formats/azure-pipeline/expand-pipeline.ts";
import type { OpenTemplate } from "../../formats/azure-pipeline/expansion.ts";
import type { SourceText } from "../../formats/azure-pipeline/source-node.ts";
import { type Place, positionOf } from "../../formats/text-file.ts";
import type { MissingFile, PipelineSource } from "./pipeline-source.ts";
import { fileAddress, repositoryById, repositoryNamed } from "./resources-by-name.ts";

export interface PipelineCode {
  readonly source: PipelineSource;
  readonly pipeline: Pipeline;
  readonly evidenceOf: (place: Place, more?: string) => Evidence;
}

export type ReadCode =
  | ({ readonly is: "read"; readonly gaps: readonly string[] } & PipelineCode)
  | { readonly is: "unread"; readonly reason: string };

export interface Definition {
  readonly organization: OrganizationFacts;
  readonly project: ProjectFacts;
  readonly definition: DefinitionFact;
}

export function readCode(given: Definition, source: PipelineSource | undefined): ReadCode {
  if (!source) return { is: "unread", reason: whyUnread(given.definition) };
  const root = source.files.get(source.path);
  if (typeof root !== "string") {
    return {
      is: "unread",
      reason: `The file ${source.path} could not be read: ${root?.missing ?? "nobody asked for it"}.`,
    };
  }
  const expanded = expandPipeline({ path: source.path, text: root }, openIn(source));
  const pipeline = readPipeline(expanded, taskInputsOf(given.organization));
  if (!pipeline) return { is: "unread", reason: `The file ${source.path} holds no pipeline.` };
  const gaps = [
    ...expanded.unresolved.map(({ template, reason }) => `The template ${template} is not part of this: ${reason}.`),
    ...expanded.problems.map(({ message, place }) => `${lineOf(place)}: ${message}.`),
    ...(pipeline.isCut ? ["It has more steps or scripts than are looked at."] : []),
  ];
  return { is: "read", source, pipeline, gaps: [...new Set(gaps)].slice(0, 100), evidenceOf: placesOf(given, source) };
}

function whyUnread({ kind, repository }: DefinitionFact): string {
  if (kind === "classic") return "It is a classic pipeline: its steps stand in its definition, not in a file.";
  if (repository.kind === "azure-repos") return "Its file was not read.";
  const where = repository.kind === "other" ? "outside of Azure Repos" : hosts[repository.kind];
  return `Its code is kept ${where} (${repository.name}), which Sallyport does not read.`;
}

const hosts = { github: "on GitHub", "github-enterprise": "on GitHub Enterprise", bitbucket: "on Bitbucket" } as const;

/** Files that were read; each is given out as one object, so that places in it compare. */
export function openIn({ files, others }: PipelineSource): OpenTemplate {
  const opened = new Map<string, SourceText>();
  return (path, repository) => {
    const key = `${repository?.alias ?? ""} ${path}`;
    const before = opened.get(key);
    if (before) return before;
    const text: string | MissingFile | undefined = repository
      ? (others.get(repository.alias)?.files ?? new Map<string, string | MissingFile>()).get(path)
      : files.get(path);
    if (text === undefined) return { missing: "it was not read" };
    if (typeof text !== "string") return text;
    const file: SourceText = { path, text, ...(repository && { repository: repository.alias }) };
    opened.set(key, file);
    return file;
  };
}

type TaskInputs = ReadonlyMap<string, readonly string[]>;

const taskInputs = new WeakMap<OrganizationFacts, TaskInputs>();

/** What the organization's own list of tasks says about inputs that name a connection. */
function taskInputsOf(organization: OrganizationFacts): TaskInputs {
  const before = taskInputs.get(organization);
  if (before) return before;
  const { tasks } = organization;
  const all = tasks.is === "known" ? tasks.value : [];
  const inputs = new Map(
    all.flatMap(({ id, name, connectionInputs }) =>
      [id, name].map((one) => [one.toLowerCase(), connectionInputs] as const),
    ),
  );
  taskInputs.set(organization, inputs);
  return inputs;
}

function placesOf({ organization, project }: Definition, source: PipelineSource): PipelineCode["evidenceOf"] {
  const pages = new Map<string, string | undefined>();
  function pageOf({ repository, path }: SourceText): string | undefined {
    const other = repository === undefined ? undefined : source.others.get(repository);
    const commit = repository === undefined ? source.commit : other?.commit;
    const found =
      repository === undefined
        ? repositoryById(organization, source.repositoryId)
        : other && repositoryNamed(organization, project, other.name);
    return found && commit !== undefined ? fileAddress(organization, found, { path, commit }) : undefined;
  }
  return (place, more) => {
    const file: SourceText = place.file;
    const other = file.repository === undefined ? undefined : source.others.get(file.repository);
    const { line } = positionOf(file, place.start);
    const where = `${other ? `${other.name}: ` : ""}${file.path}:${line}`;
    const what = more === undefined ? where : `${where}: ${more}`;
    const key = `${file.repository ?? ""} ${file.path}`;
    if (!pages.has(key)) pages.set(key, pageOf(file));
    const page = pages.get(key);
    return page === undefined ? { what } : { what, url: `${page}&line=${line}` };
  };
}

function lineOf({ file, start }: Place): string {
  return `${file.path}:${positionOf(file, start).line}`;
}
