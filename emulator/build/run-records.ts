/** Routes of what a run tells of itself: its timeline and its logs. */
import { numberQuery } from "../pull-requests/request-body.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import type { BuildState, World } from "../world.ts";
import { buildNotes } from "./build-notes.ts";
import { projectUrl } from "./build-shape.ts";
import { requireBuild } from "./builds.ts";
import { describeRun, type RunRecords, type TimelineRecord } from "./describe-run.ts";

const timelineResults = {
  succeeded: "succeeded",
  partiallySucceeded: "succeededWithIssues",
  failed: "failed",
  canceled: "canceled",
} as const;

function recordsOf(build: BuildState): RunRecords {
  const { run, planId } = buildNotes(build);
  if (run) return run;
  const tasks = [{ name: "Build", log: plainLog(build) }];
  return describeRun(planId, [{ name: "__default", jobs: [{ name: "Job", tasks }] }]);
}

/** What a run says that nobody described. */
function plainLog(build: BuildState): string[] {
  return [
    "##[section]Starting: Build",
    `Checking out ${build.sourceVersion} of ${build.sourceBranch}`,
    ...(build.status === "completed" ? [`##[section]Finishing: Build (${build.result})`] : []),
  ];
}

function recordShape(build: BuildState, base: string, record: TimelineRecord, changeId: number) {
  const { lastChangedDate } = buildNotes(build);
  const state = build.status === "completed" ? "completed" : build.status === "inProgress" ? "inProgress" : "pending";
  const result = build.result ? (record.result ?? timelineResults[build.result]) : undefined;
  const { type, name, id } = record;
  return {
    previousAttempts: [],
    id,
    ...(record.parentId ? { parentId: record.parentId } : {}),
    type,
    name,
    ...(build.startTime ? { startTime: build.startTime.toISOString() } : {}),
    ...(build.finishTime ? { finishTime: build.finishTime.toISOString() } : {}),
    state,
    ...(result ? { result } : {}),
    changeId,
    lastModified: lastChangedDate.toISOString(),
    ...(record.workerName ? { workerName: record.workerName } : {}),
    order: record.order,
    errorCount: result === "failed" ? 1 : 0,
    warningCount: 0,
    ...(record.logId === undefined
      ? {}
      : { log: { id: record.logId, type: "Container", url: `${base}/logs/${record.logId}` } }),
    ...(record.task ? { task: record.task } : {}),
    attempt: 1,
    ...(record.identifier ? { identifier: record.identifier } : {}),
  };
}

function addressOf(call: Call, world: World, build: BuildState): string {
  return `${projectUrl(world, call.organization, build.projectId)}/_apis/build/builds/${build.id}`;
}

function timeline(call: Call, world: World) {
  const build = requireBuild(call, world);
  const base = addressOf(call, world, build);
  const { planId, lastChangedBy, lastChangedDate } = buildNotes(build);
  // a run that waits for an agent has no timeline yet
  if (build.status === "notStarted") return { status: 204 };
  const records = recordsOf(build).records.map((record, index) => recordShape(build, base, record, index + 1));
  return {
    body: {
      records,
      lastChangedBy,
      lastChangedOn: lastChangedDate.toISOString(),
      id: planId,
      changeId: records.length,
      url: `${base}/Timeline/${planId}`,
    },
  };
}

/** Every line begins with the moment at which it was written. */
function linesOf(build: BuildState, lines: readonly string[]): string[] {
  const at = (build.startTime ?? build.queueTime).toISOString().replace("Z", "0000Z");
  return lines.map((line) => `${at} ${line}`);
}

function listLogs(call: Call, world: World) {
  const build = requireBuild(call, world);
  const base = addressOf(call, world, build);
  const created = (build.startTime ?? build.queueTime).toISOString();
  return list(
    recordsOf(build).logs.map((lines, index) => ({
      lineCount: lines.length,
      createdOn: created,
      lastChangedOn: buildNotes(build).lastChangedDate.toISOString(),
      id: index + 1,
      type: "Container",
      url: `${base}/logs/${index + 1}`,
    })),
  );
}

/** Text, or JSON lines where the client asks for JSON; `startLine` and `endLine` cut it. */
function getLog(call: Call, world: World) {
  const build = requireBuild(call, world);
  const lines = recordsOf(build).logs[Number(call.params.logId) - 1];
  if (!lines)
    throw new Refusal(
      404,
      "BuildLogNotFoundException",
      `The log ${call.params.logId} of build ${build.id} does not exist.`,
    );
  const cut = linesOf(build, lines).slice(
    Math.max(0, numberQuery(call, "startLine", 0)),
    numberQuery(call, "endLine", lines.length) + 1,
  );
  if (/application\/json/.test(call.header("accept") ?? "")) return list(cut);
  return { text: cut.join("\r\n"), contentType: "text/plain" };
}

const at = "/{organization}/{project}/_apis/build/builds/{buildId}";

export const routes: readonly Route[] = [
  { method: "GET", path: `${at}/timeline/{timelineId?}`, scopes: ["build"], handle: timeline },
  { method: "GET", path: `${at}/logs`, scopes: ["build"], handle: listLogs },
  { method: "GET", path: `${at}/logs/{logId}`, scopes: ["build"], handle: getLog },
];
