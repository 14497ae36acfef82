/** The local copy of what the world knows: how old it is, from where, and a refresh for those who cannot wait. */
import { refreshMilliseconds } from "#flows/jobs/schedule.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { type Parts, type Routes, viewerOf } from "../api-server.ts";
import { conflict } from "../problem-error.ts";
import { type Knowledge, knowledgeAnswer } from "./contract.ts";

export const knowledgeRoutes: Routes = (server, { app }) => {
  server.get(
    "/api/knowledge",
    {
      schema: { summary: "What advisories and other knowledge Sallyport has", response: { 200: knowledgeAnswer } },
      config: { permission: "read" },
    },
    async () => statusOf(app),
  );

  server.post(
    "/api/knowledge/refresh",
    {
      schema: { summary: "Fetch what is new now", response: { 200: knowledgeAnswer } },
      config: { permission: "administer" },
    },
    async (request) => {
      if (!app.refreshing.start()) {
        throw conflict(
          "Nothing is fetched by this server.",
          "SALLYPORT_ADVISORIES is off. Import a bundle with `sallyport advisories import`, or let the server fetch.",
        );
      }
      await insertAuditEvent(app.db, {
        actor: viewerOf(request).name,
        action: "knowledge-refreshed",
        subject: "advisories",
      });
      return statusOf(app);
    },
  );
};

function statusOf({ knowledge, refreshing, now }: Pick<Parts["app"], "knowledge" | "refreshing" | "now">): Knowledge {
  const status = knowledge.status();
  const { isSample, sources, ecosystems, problems } = status;
  return {
    isSample,
    sources: sources.map((source) => ({
      name: source.name,
      kind: source.kind,
      from: source.from,
      licence: source.licence,
      attribution: source.attribution ?? null,
      records: recordsOf(source.kind, status),
      asOf: momentOf(source.checked),
      checkedAt: momentOf(source.checked),
      error: source.problems.map(({ message }) => message).join(" ") || null,
    })),
    ecosystems: ecosystems.map(({ ecosystem, advisories, packages, malicious, unreadable, asOf }) => {
      return { ecosystem, advisories, packages, malicious, unreadable, asOf: momentOf(asOf) };
    }),
    problems: [...problems],
    isRefreshing: refreshing.isRunning,
    nextRefresh: refreshing.isOn ? nextRefreshOf(sources, now()).toISOString() : null,
  };
}

/** Without a copy it is due at once. */
function nextRefreshOf(sources: Status["sources"], now: Date): Date {
  const checked = sources.flatMap((source) => (source.checked === undefined ? [] : Date.parse(source.checked)));
  return checked.length === 0 ? now : new Date(Math.min(...checked) + refreshMilliseconds);
}

/** What has only a day begins with it. */
function momentOf(time: string | undefined): string | null {
  return time === undefined || Number.isNaN(Date.parse(time)) ? null : new Date(time).toISOString();
}

type Status = ReturnType<Parts["app"]["knowledge"]["status"]>;

/** Null if it is not told apart which source which record came from. */
function recordsOf(
  kind: string,
  { sources, ecosystems, exploitLikelihood, knownExploited, runtimes }: Status,
): number | null {
  if (kind === "epss") return exploitLikelihood?.rows ?? null;
  if (kind === "kev") return knownExploited?.rows ?? null;
  if (kind === "dotnet") return runtimes?.rows ?? null;
  if (sources.filter((source) => source.kind === kind).length > 1) return null;
  return ecosystems.reduce((sum, { advisories }) => sum + advisories, 0);
}
