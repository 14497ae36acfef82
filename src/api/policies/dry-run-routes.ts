/** What policies would have made of the pull requests of the last days. Nothing is changed. */
import { type DryRun, dryRun, dryRunDays } from "#flows/policies/dry-run.ts";
import { policiesInForce } from "#flows/policies/policies-in-force.ts";
import { previewPolicies } from "#flows/policies/preview-policies.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import { latestVerdict } from "#store/policies/verdicts.ts";
import { getPullRequestOverview } from "#store/pull-requests/pull-requests.ts";
import { type ApiServer, type Parts, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { notFound } from "../problem-error.ts";
import { pullRequestParams } from "../pull-requests/contract.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import { type DryRunAnswer, type DryRunBody, dryRunAnswer, dryRunBody, previewAnswer } from "./contract.ts";

export function dryRunRoutes(server: ApiServer, parts: Parts): void {
  previewRoutes(server, parts);
  const { app } = parts;
  server.post(
    "/api/instances/:id/policies/dry-run",
    {
      schema: {
        summary: "Which pull requests of the last days policies would have blocked, whose, and why",
        ...{ params: idParams, body: dryRunBody, response: { 200: dryRunAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { id: instanceId } = await instanceFor(parts, viewerOf(request), request.params.id);
      const { days = dryRunDays } = request.body;
      const { policies } = await policiesInForce(app.db, instanceId);
      const run = await dryRun(app, { instanceId, days, policies: setOf(request.body, policies) });
      return { days, ...answerOf(run) };
    },
  );
}

function previewRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/pull-requests/:repositoryId/:number/policy-preview",
    {
      schema: {
        summary: "What a pull request that changes policies would have done; 404 if it changes none",
        ...{ params: pullRequestParams, response: { 200: previewAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { number } = request.params;
      const { scope } = viewerOf(request);
      const repositoryId = request.params.repositoryId as RepositoryId;
      const pullRequest = await getPullRequestOverview(app.db, scope, repositoryId, number);
      if (!pullRequest) throw notFound("pull request");
      const { base } = (await latestVerdict(app.db, repositoryId, number)) ?? {};
      const preview = await previewPolicies(app, pullRequest, base);
      if (!preview) throw notFound("change of policies in it");
      if (preview.is === "outcome") return { problems: [], run: { days: dryRunDays, ...answerOf(preview.run) } };
      return {
        problems: preview.mistakes.map(({ path, line = null, message }) => ({ path, line, message })),
        run: null,
      };
    },
  );
}

/** A draft counts as if it were switched on; those in force as they are. */
function setOf({ policies, withInForce = false }: DryRunBody, inForce: readonly Policy[]): readonly Policy[] {
  const enabled = inForce.filter((one) => one.enabled);
  if (!policies) return enabled;
  const drafts = policies as readonly Policy[];
  const others = enabled.filter(({ id }) => drafts.every((draft) => draft.id !== id));
  return withInForce ? [...others, ...drafts] : drafts;
}

function answerOf({ rows, authors, policies, ...counts }: DryRun): Omit<DryRunAnswer, "days"> {
  return {
    ...counts,
    authors: [...authors],
    policies: [...policies],
    rows: rows.map(({ repositoryId, repositoryName, projectName, updatedAt, was, ...row }) => ({
      ...{ number: row.number, title: row.title, author: row.author, state: row.state },
      ...{ wouldBe: row.wouldBe, wouldEnd: row.wouldEnd, was: was ?? null, updatedAt: toTime(updatedAt) },
      repository: { id: repositoryId, name: repositoryName, project: projectName },
      decidedBy: [...row.decidedBy],
      findings: [...row.findings],
    })),
  };
}
