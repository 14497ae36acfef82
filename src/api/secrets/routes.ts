/** Secrets of all repositories: a list, and one by one with every place. */
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { RuleId } from "#model/rule.ts";
import { listSecretIssues, listSecretPlaces } from "#store/secrets/secret-places.ts";
import { listSecrets, rulesOfSecrets, type SecretFilter } from "#store/secrets/secrets.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import {
  type SecretDetail,
  type SecretsQuery,
  secretAnswer,
  secretParams,
  secretsAnswer,
  secretsQuery,
} from "./contract.ts";
import { detailOf, rowOf } from "./row-of.ts";

/** More are counted in the row: nobody looks at a thousand. */
const mostPlaces = 1000;

export const secretRoutes: Routes = (server, parts) => {
  listRoute(server, parts);
  detailRoute(server, parts);
};

function listRoute(server: ApiServer, parts: Parts): void {
  const { app, findRule } = parts;
  server.get(
    "/api/secrets",
    {
      schema: {
        summary: "Secrets, each once, whether a default branch holds it now or only a history",
        querystring: secretsQuery,
        response: { 200: secretsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { scope } = viewerOf(request);
      const [{ rows, total }, found] = await Promise.all([
        listSecrets(app.db, scope, filterOf(request.query, parts)),
        rulesOfSecrets(app.db, scope),
      ]);
      const providers = new Set(found.flatMap((rule) => findRule(rule)?.provider ?? []));
      return { rows: rows.map((row) => rowOf(row, parts)), total, providers: [...providers].toSorted() };
    },
  );
}

function filterOf(
  { sort = "severity", search, provider, repositoryId, instanceId, offset = 0, limit = 50, ...filter }: SecretsQuery,
  { rules }: Pick<Parts, "rules">,
): SecretFilter {
  const descending = sort.startsWith("-");
  const ofProvider = rules.flatMap((rule): readonly RuleId[] => (rule.provider === provider ? [rule.id] : []));
  return {
    ...filter,
    ...{ offset, limit, descending, search: search?.trim() },
    sort: (descending ? sort.slice(1) : sort) as SecretFilter["sort"],
    ...(provider !== undefined && { rules: ofProvider }),
    repositoryId: repositoryId as RepositoryId | undefined,
    instanceId: instanceId as InstanceId | undefined,
  };
}

function detailRoute(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/secrets/:instanceId/:fingerprint",
    {
      schema: {
        summary: "A secret: every place of it, its issues, and how to revoke it",
        params: secretParams,
        response: { 200: secretAnswer },
      },
      config: { permission: "read" },
    },
    async (request): Promise<SecretDetail> => {
      const { fingerprint } = request.params;
      const instanceId = request.params.instanceId as InstanceId;
      const one = { instanceId, fingerprint, offset: 0, limit: 1 };
      const [row] = (await listSecrets(app.db, viewerOf(request).scope, one)).rows;
      if (!row) throw notFound("secret");
      const [issues, places] = await Promise.all([
        listSecretIssues(app.db, row.issueIds),
        listSecretPlaces(app.db, row, mostPlaces),
      ]);
      return detailOf(row, { issues, places }, parts);
    },
  );
}
