/**
 * Reads the code of an organization's pipelines without a clone: the file of each at its default branch, then the templates
 * that it calls, round by round. A ref is looked up once a run, and a file that is known at its commit is not asked for. What
 * cannot be read is kept as missing, with why.
 */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { readFileAt, resolveRef } from "#azure-devops/posture/read-file.ts";
import type { ObjectId, RepositoryId } from "#model/ids.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { RepositoryResource } from "#scan/formats/azure-pipeline/expansion.ts";
import type {
  MissingFile,
  OtherRepository,
  PipelineSource,
  WantedFile,
} from "#scan/posture/pipelines/pipeline-source.ts";
import { repositoryById, repositoryNamed } from "#scan/posture/pipelines/resources-by-name.ts";
import { wantedFiles } from "#scan/posture/pipelines/wanted-files.ts";
import { inLanes } from "../in-lanes.ts";
import { type Patience, patientClient } from "./patient-client.ts";

/** As many calls as the pacer lets through at once. */
const atOnce = 4;
/** What Azure Pipelines itself takes. */
const mostFiles = 100;
const mostRounds = 20;
const mostText = 10_000_000;

export interface ReadSourcesGiven {
  readonly signal: AbortSignal;
  /** Files that were read before; the text at a commit never changes. */
  readonly known?: (repositoryId: RepositoryId, commit: ObjectId, path: string) => Promise<string | undefined>;
  readonly keep?: (repositoryId: RepositoryId, commit: ObjectId, path: string, text: string) => Promise<void>;
  /** Comes back where Azure DevOps asks it to, for as long as this lasts; without it such a file is missing. */
  readonly patience?: Omit<Patience, "signal">;
}

export async function readSources(
  client: OrganizationClient,
  facts: OrganizationFacts,
  given: ReadSourcesGiven,
): Promise<readonly PipelineSource[]> {
  const { signal, patience } = given;
  const patient = patience ? patientClient(client, { ...patience, signal }, () => {}) : client;
  const reading: Reading = { client: patient, facts, given, refs: new Map(), files: new Map() };
  const definitions = facts.projects.flatMap((project) =>
    project.definitions.is === "known"
      ? project.definitions.value.filter(isReadable).map((definition) => ({ project, definition }))
      : [],
  );
  return inLanes(definitions, atOnce, ({ project, definition }) => readSource(reading, project, definition));
}

function isReadable({ kind, repository }: DefinitionFact): boolean {
  return kind === "yaml" && repository.kind === "azure-repos";
}

interface Reading {
  readonly client: OrganizationClient;
  readonly facts: OrganizationFacts;
  readonly given: ReadSourcesGiven;
  /** Whoever comes while it is asked waits for the same answer. */
  readonly refs: Map<string, Promise<ObjectId | MissingFile>>;
  readonly files: Map<string, Promise<string | MissingFile>>;
}

type Files = Map<string, string | MissingFile>;

interface OpenSource extends PipelineSource {
  readonly files: Files;
  readonly others: Map<string, OtherRepository & { readonly files: Files }>;
}

async function readSource(
  reading: Reading,
  project: ProjectFacts,
  definition: DefinitionFact,
): Promise<PipelineSource> {
  const { repository, yamlPath: path = "azure-pipelines.yml" } = definition;
  const repositoryId = repository.id as RepositoryId;
  const branch = repository.defaultBranch ?? repositoryById(reading.facts, repository.id)?.repository.defaultBranch;
  const ref = fullName(branch ?? "");
  const commit =
    branch === undefined
      ? { missing: "its repository has no default branch" }
      : await stands(reading, repositoryId, ref);
  const isThere = typeof commit === "string";
  const source: OpenSource = {
    ...{ projectId: project.id, definitionId: definition.id, repositoryId, ref, commit: isThere ? commit : "", path },
    files: new Map(isThere ? [] : [[path, commit]]),
    others: new Map(),
  };
  if (!isThere) return source;
  await readRounds(reading, project, source);
  return source;
}

function fullName(ref: string): string {
  return ref === "" || ref.startsWith("refs/") || isCommit(ref) ? ref : `refs/heads/${ref}`;
}

function isCommit(ref: string): boolean {
  return /^[\da-f]{40}$/i.test(ref);
}

async function readRounds(reading: Reading, project: ProjectFacts, source: OpenSource): Promise<void> {
  let files = 0;
  let text = 0;
  for (let round = 0; round < mostRounds; round++) {
    const wanted = wantedFiles(source);
    if (wanted.length === 0) return;
    for (const one of wanted) {
      const isTooMuch = ++files > mostFiles || text > mostText;
      const limit = `more than ${mostFiles} files or ${mostText / 1e6} MB take part`;
      const read = isTooMuch ? { missing: limit } : await readWanted(reading, project, source, one);
      if (typeof read === "string") text += read.length;
      filesFor(source, one).set(one.path, read);
    }
  }
  for (const one of wantedFiles(source)) {
    filesFor(source, one).set(one.path, { missing: `templates call each other more than ${mostRounds} deep` });
  }
}

function filesFor({ files, others }: OpenSource, { repository }: WantedFile): Files {
  if (!repository) return files;
  const before = others.get(repository.alias);
  if (before) return before.files;
  const made = { name: repository.name, ref: refOf(repository), files: new Map() };
  others.set(repository.alias, made);
  return made.files;
}

function refOf({ ref }: RepositoryResource): string {
  return fullName(ref ?? "main");
}

async function readWanted(
  reading: Reading,
  project: ProjectFacts,
  source: OpenSource,
  { path, repository }: WantedFile,
): Promise<string | MissingFile> {
  if (!repository) return readFile(reading, source.repositoryId as RepositoryId, source.commit as ObjectId, path);
  const { alias, name, type, endpoint } = repository;
  if (type !== "git") return { missing: `${name} is kept on ${hosts[type] ?? type}, which Sallyport does not read` };
  if (endpoint !== undefined) return { missing: `${name} belongs to another organization, which is not read` };
  const found = repositoryNamed(reading.facts, project, name);
  if (!found) return { missing: `no repository ${name} is known in this organization` };
  const id = found.repository.id as RepositoryId;
  const ref = refOf(repository);
  const commit = await stands(reading, id, ref);
  if (typeof commit !== "string") return commit;
  const files = source.others.get(alias)?.files ?? new Map<string, string | MissingFile>();
  source.others.set(alias, { name: `${found.project.name}/${found.repository.name}`, ref, commit, files });
  return readFile(reading, id, commit, path);
}

const hosts: Readonly<Record<string, string>> = {
  github: "GitHub",
  githubenterprise: "GitHub Enterprise",
  bitbucket: "Bitbucket",
};

function stands(reading: Reading, repositoryId: RepositoryId, ref: string): Promise<ObjectId | MissingFile> {
  if (isCommit(ref)) return Promise.resolve(ref as ObjectId);
  const { client, given, refs } = reading;
  return once(refs, `${repositoryId} ${ref}`, async () => {
    const commit = await orMissing(given, () => resolveRef(client, { repositoryId, ref, signal: given.signal }));
    return commit ?? { missing: `there is no ${ref} in its repository` };
  });
}

function readFile(
  { client, given, files }: Reading,
  repositoryId: RepositoryId,
  commit: ObjectId,
  path: string,
): Promise<string | MissingFile> {
  return once(files, `${repositoryId} ${commit} ${path}`, async () => {
    const before = await given.known?.(repositoryId, commit, path);
    if (before !== undefined) return before;
    const read = await orMissing(given, () => readFileAt(client, { repositoryId, commit, path, signal: given.signal }));
    if ("missing" in read) return read;
    if (read.is === "missing") return { missing: read.why };
    await given.keep?.(repositoryId, commit, path, read.text);
    return read.text;
  });
}

function once<T>(answers: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const before = answers.get(key);
  if (before) return before;
  const asked = ask();
  answers.set(key, asked);
  return asked;
}

/** A refusal concerns this file or repository alone; a credential that is signed out ends all. */
async function orMissing<T>({ signal }: ReadSourcesGiven, ask: () => Promise<T>): Promise<T | MissingFile> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    const isSignedOut = error instanceof RemoteError && (error.code === "signed-out" || error.code === "sign-in-again");
    if (!(error instanceof RemoteError) || isSignedOut) throw error;
    return { missing: `Azure DevOps did not give it: ${error.message.replace(/\.$/, "")}` };
  }
}
