/** All that is read again about a run. Logs are read only where something is new or went wrong, and then not without end. */
import { readOneDefinition } from "#azure-devops/posture/read-definitions.ts";
import { readLogs } from "#azure-devops/posture/read-logs.ts";
import { readRun } from "#azure-devops/posture/read-run.ts";
import { readTimeline } from "#azure-devops/posture/read-timeline.ts";
import { type Fact, known, unknown } from "#model/posture/fact.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact, RunFact, RunRecord } from "#model/posture/pipeline-facts.ts";
import { judgePipelines } from "#scan/posture/pipelines/judge-pipelines.ts";
import type { JudgedPipeline } from "#scan/posture/pipelines/judged-pipeline.ts";
import type { PipelineSource } from "#scan/posture/pipelines/pipeline-source.ts";
import type { LogSecret, RunEvidence } from "#scan/posture/runs/run-evidence.ts";
import { secretsInLog } from "#scan/posture/runs/secrets-in-log.ts";
import type { App } from "../app.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { OpenPosture } from "./open-posture.ts";
import { readKeptSources } from "./read-kept-sources.ts";

const mostLogs = 60;
const mostLines = 10_000;

type Project = OpenPosture["projects"][number];

interface Wanted {
  /** Of the organization and this project alone. */
  readonly facts: OrganizationFacts;
  readonly project: Project;
  readonly build: number;
  readonly signal: AbortSignal;
}

export interface ReadRun {
  readonly evidence: RunEvidence;
  /** The pipeline is another one than when the settings were looked at. */
  readonly isChanged: boolean;
}

export async function readRunEvidence(app: App, opened: OpenPosture, wanted: Wanted): Promise<ReadRun> {
  const { facts, project, build, signal } = wanted;
  const { client, organization, url, projects, lookAt } = opened;
  const run = await readRun(client, project, build);
  const records = await factOf(app, "The timeline of the run", () => readTimeline(client, project, build));
  const collecting = {
    ...{ organization: { ...organization, url }, projects, project, lookAt, signal },
    ...{ known: {}, now: () => app.now() },
  };
  const fresh = await remoteAnswer(() => readOneDefinition(client, collecting, run.definitionId));
  const before = definitionIn(facts, run.definitionId);
  const definition = fresh.is === "answer" ? fresh.value : before;
  const isChanged = definition !== undefined && definition.revision !== before?.revision;
  const earlier = earlierRuns(facts, run);
  const isFirst = earlier.is === "unknown" || earlier.value.length === 0;
  const code = definition && (await readCode(app, opened, { ...wanted, definition, run }));
  const isUnusual = run.result !== "succeeded" || isChanged || isFirst || code?.isNew === true;
  const logs = isUnusual
    ? await logsOf(app, opened, wanted, records)
    : unknown(
        "not-read",
        "Logs are searched of runs that failed, and of the first with new code or another definition.",
      );
  return {
    evidence: {
      ...{ projectId: project.id, run, records, ran: code?.ran, standing: code?.standing, earlier },
      ...(logs.is === "known"
        ? { logSecrets: known(logs.value.secrets, logs.at), areLogsCut: logs.value.isCut }
        : { logSecrets: logs }),
    },
    isChanged,
  };
}

async function factOf<T>(app: App, what: string, read: () => Promise<T>): Promise<Fact<T>> {
  const answer = await remoteAnswer(read);
  if (answer.is === "answer") return known(answer.value, app.now().toISOString());
  const { error } = answer;
  if (error.passing || error.code === "signed-out" || error.code === "sign-in-again") throw error;
  return unknown("refused", `${what} could not be read: ${error.message}`);
}

function definitionIn({ projects }: OrganizationFacts, id: number): DefinitionFact | undefined {
  const definitions = projects[0]?.definitions;
  return definitions?.is === "known" ? definitions.value.find((one) => one.id === id) : undefined;
}

function earlierRuns(
  { projects }: OrganizationFacts,
  { id, definitionId, queuedAt }: RunFact,
): Fact<readonly RunFact[]> {
  const runs = projects[0]?.runs;
  if (runs?.is !== "known") return runs ?? unknown("not-read", "The project of the run was not read.");
  const earlier = runs.value.filter(
    (one) => one.definitionId === definitionId && one.id !== id && one.queuedAt < queuedAt,
  );
  return { ...runs, value: earlier.toSorted((a, b) => (a.queuedAt < b.queuedAt ? 1 : -1)) };
}

interface CodeOfRun {
  readonly ran: JudgedPipeline | undefined;
  readonly standing: JudgedPipeline | undefined;
  /** Its files are not those of the default branch. */
  readonly isNew: boolean;
}

/** The same definition twice: at the commit that ran, and where its default branch stands. */
async function readCode(
  app: App,
  { client, organization, choice }: OpenPosture,
  { facts, definition, run, signal }: Wanted & { readonly definition: DefinitionFact; readonly run: RunFact },
): Promise<CodeOfRun> {
  const { instanceId } = organization;
  const alone = withDefinition(facts, definition);
  const read = async (given: OrganizationFacts) =>
    (await readKeptSources(app, client, given, { instanceId, signal }))[0];
  const judge = (source: PipelineSource | undefined) =>
    judgePipelines(alone, source ? [source] : [], choice.settings)[0];
  const standing = await read(alone);
  if (run.commit === undefined) return { ran: undefined, standing: judge(standing), isNew: false };
  // A commit in place of a branch is read as it is.
  const repository = { ...definition.repository, defaultBranch: run.commit };
  const atCommit = await read(withDefinition(facts, { ...definition, repository }));
  const ran = atCommit && { ...atCommit, ref: run.branch };
  return { ran: judge(ran), standing: judge(standing), isNew: textOf(ran) !== textOf(standing) };
}

function withDefinition(facts: OrganizationFacts, definition: DefinitionFact): OrganizationFacts {
  const one = (project: ProjectFacts): ProjectFacts => ({
    ...project,
    definitions: known([definition], project.definitions.is === "known" ? project.definitions.at : ""),
  });
  return { ...facts, projects: facts.projects.map(one) };
}

function textOf(source: PipelineSource | undefined): string {
  return JSON.stringify([...(source?.files ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface SearchedLogs {
  readonly secrets: readonly LogSecret[];
  /** Some were not searched to their end, or not at all. */
  readonly isCut: boolean;
}

/** Only the timeline tells which logs there are. */
async function logsOf(
  app: App,
  opened: OpenPosture,
  wanted: Wanted,
  records: Fact<readonly RunRecord[]>,
): Promise<Fact<SearchedLogs>> {
  if (records.is === "unknown") return records;
  return factOf(app, "The logs of the run", () => searchLogs(app, opened, wanted, records.value));
}

async function searchLogs(
  app: App,
  { client }: OpenPosture,
  { project, build, signal }: Wanted,
  records: readonly RunRecord[],
): Promise<SearchedLogs> {
  const tasks = records.filter(({ is, logId }) => is === "task" && logId !== undefined);
  const steps = new Map(tasks.map(({ logId, name }) => [logId, name]));
  const logIds = [...steps.keys()].flatMap((id) => id ?? []);
  let isCut = logIds.length > mostLogs;
  if (logIds.length === 0) return { secrets: [], isCut };
  const secrets: LogSecret[] = [];
  const context = { fingerprintKey: app.keys.fingerprintKey };
  for await (const log of readLogs(client, { project, runId: build, logIds, mostLogs, mostLines })) {
    signal.throwIfAborted();
    const { logId, lines } = log;
    const searched = secretsInLog({ logId, step: steps.get(logId) ?? "", lines }, context);
    secrets.push(...searched.secrets);
    isCut ||= log.isCut || searched.isCut;
  }
  return { secrets, isCut };
}
