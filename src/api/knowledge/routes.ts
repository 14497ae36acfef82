/** The local copy of what the world knows: how old it is, from where, and a refresh for those who cannot wait. */
import { refreshMilliseconds } from "#flows/schedule.ts";
import { insertAuditEvent } from "#store/audit-events.ts";
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
        action: "knowledge refreshed",
        subject: "advisories",
      });
      return statusOf(app);
    },
  );
};

function statusOf({ knowledge, refreshing }: Pick<Parts["app"], "knowledge" | "refreshing">): Knowledge {
  const { isSample, sources, ecosystems, problems, exploitLikelihood, knownExploited } = knowledge.status();
  const checked = sources.flatMap((source) => source.checked ?? []).sort()[0];
  return {
    isSample,
    sources: sources.map((source) => ({
      name: source.name,
      kind: source.kind,
      from: source.from,
      licence: source.licence,
      attribution: source.attribution ?? null,
      records: recordsOf(source.kind, { exploitLikelihood, knownExploited }),
      asOf: momentOf(source.checked),
      checkedAt: momentOf(source.checked),
      error: source.problems.map(({ message }) => message).join(" ") || null,
    })),
    ecosystems: ecosystems.map(({ ecosystem, advisories, packages, malicious, unreadable, asOf }) => {
      return { ecosystem, advisories, packages, malicious, unreadable, asOf: momentOf(asOf) };
    }),
    problems: [...problems],
    isRefreshing: refreshing.isRunning,
    nextRefresh:
      refreshing.isOn && checked !== undefined
        ? new Date(Date.parse(checked) + refreshMilliseconds).toISOString()
        : null,
  };
}

/** What has only a day begins with it. */
function momentOf(time: string | undefined): string | null {
  return time === undefined || Number.isNaN(Date.parse(time)) ? null : new Date(time).toISOString();
}

function recordsOf(
  kind: string,
  lists: {
    readonly exploitLikelihood: { readonly rows: number } | undefined;
    readonly knownExploited: { readonly rows: number } | undefined;
  },
): number | null {
  if (kind === "epss") return lists.exploitLikelihood?.rows ?? null;
  return kind === "kev" ? (lists.knownExploited?.rows ?? null) : null;
}
