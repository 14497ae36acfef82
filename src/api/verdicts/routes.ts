/** Verdicts of policies, each with what it rests on. */
import type { RepositoryId, VerdictId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import { getPolicySet } from "#store/policies/policy-sets.ts";
import {
  getVerdict,
  listVerdicts,
  type VerdictRow as StoredVerdict,
  type VerdictSummary,
} from "#store/policies/verdicts.ts";
import { getPullRequestOverview } from "#store/pull-requests/pull-requests.ts";
import { type Parts, type Routes, viewerOf } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import { pullRequestParams } from "../pull-requests/contract.ts";
import { scannerOf } from "../rules/words-of.ts";
import { idParams } from "../shapes/id.ts";
import { placeOf } from "../shapes/place-of.ts";
import { toTime } from "../shapes/time.ts";
import { type VerdictDetail, type VerdictRow, verdictAnswer, verdictsAnswer } from "./contract.ts";

export const verdictRoutes: Routes = (server, parts) => {
  const { app } = parts;
  server.get(
    "/api/pull-requests/:repositoryId/:number/verdicts",
    {
      schema: {
        summary: "The verdicts on a pull request, newest first",
        ...{ params: pullRequestParams, response: { 200: verdictsAnswer } },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { scope } = viewerOf(request);
      const { number } = request.params;
      const repositoryId = request.params.repositoryId as RepositoryId;
      if (!(await getPullRequestOverview(app.db, scope, repositoryId, number))) throw notFound("pull request");
      const verdicts = await listVerdicts(app.db, scope, { repositoryId, number });
      const sets = new Map<string, readonly Policy[]>();
      for (const { instanceId, policiesVersion: version } of verdicts) {
        if (!sets.has(version)) sets.set(version, (await getPolicySet(app.db, instanceId, version)) ?? []);
      }
      return { rows: verdicts.map((verdict) => rowOf(verdict, sets.get(verdict.policiesVersion) ?? [])) };
    },
  );

  server.get(
    "/api/verdicts/:id",
    {
      schema: { summary: "One verdict, with its evidence", params: idParams, response: { 200: verdictAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const verdict = await getVerdict(app.db, viewerOf(request).scope, request.params.id as VerdictId);
      if (!verdict) throw notFound("verdict");
      const policies = (await getPolicySet(app.db, verdict.instanceId, verdict.policiesVersion)) ?? [];
      return detailOf(verdict, policies, parts);
    },
  );
};

function rowOf(verdict: VerdictSummary, policies: readonly Policy[]): VerdictRow {
  const { matches, decidedBy, number = null, iteration = null, branch = null, scanId = null } = verdict;
  const nameOf = (id: string) => policies.find((policy) => policy.id === id)?.name ?? id;
  const blocking = matches.filter(({ actions }) => actions.some(({ action }) => action === "block")).length;
  const { commit, base = null, scannersVersion, knowledgeVersion, policiesVersion } = verdict;
  return {
    ...{ id: verdict.id, instanceId: verdict.instanceId, repositoryId: verdict.repositoryId },
    ...{ number, iteration, branch, scanId, trigger: verdict.trigger, outcome: verdict.outcome },
    decidedBy: decidedBy.map((id) => ({ id, name: nameOf(id) })),
    counts: { blocking, matched: matches.length },
    evidence: { commit, base, scannersVersion, knowledgeVersion, policiesVersion },
    at: toTime(verdict.at),
  };
}

function detailOf(
  verdict: StoredVerdict,
  policies: readonly Policy[],
  { findRule }: Pick<Parts, "findRule">,
): VerdictDetail {
  const { place, subjects } = verdict.facts;
  const matches = new Map(verdict.matches.map((match) => [match.fingerprint, match]));
  const named = new Set([
    ...verdict.decidedBy,
    ...verdict.matches.flatMap(({ actions }) => actions.map((one) => one.policy)),
  ]);
  return {
    ...rowOf(verdict, policies),
    place: {
      ...{ repository: place.repository, project: place.project, tags: [...place.tags] },
      branch: [place.branch].flat(),
    },
    findings: subjects.map(({ finding, novelty, firstSeen, urgency = null }) => {
      const { actions = [], graceUntil = null } = matches.get(finding.fingerprint) ?? {};
      return {
        ...{ fingerprint: finding.fingerprint, rule: finding.rule, scanner: scannerOf(finding.rule) },
        ...{
          title: findRule(finding.rule)?.title ?? finding.imported?.title ?? finding.rule,
          severity: finding.severity,
        },
        ...{ message: finding.message, at: placeOf(finding.at), novelty, firstSeen: toTime(firstSeen), urgency },
        ...{ actions: [...actions], graceUntil },
      };
    }),
    policies: policies.filter(({ id }) => named.has(id)) as VerdictDetail["policies"],
  };
}
