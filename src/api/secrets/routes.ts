/** Secrets of all repositories: a list, and one by one with every place. */
import type { Static } from "typebox";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { RuleId } from "#model/rule.ts";
import type { Db } from "#store/database.ts";
import {
  listSecretIssues,
  listSecretPlaces,
  type PlaceInOrder,
  type PlacesAsked,
} from "#store/secrets/secret-places.ts";
import { listSecrets, rulesOfSecrets, type SecretFilter, type SecretRow } from "#store/secrets/secrets.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import type { Viewer } from "../viewer.ts";
import {
  placesAnswer,
  placesQuery,
  type SecretDetail,
  type SecretPlaces,
  type SecretsQuery,
  secretAnswer,
  secretParams,
  secretsAnswer,
  secretsQuery,
} from "./contract.ts";
import { detailOf, foundPlaceOf, type PlacesPage, rowOf } from "./row-of.ts";

/** Few secrets have more: those have pages. */
const placesOfDetail = 100;

export const secretRoutes: Routes = (server, parts) => {
  listRoute(server, parts);
  detailRoute(server, parts);
  placesRoute(server, parts);
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
      const [{ rows, total, issues }, found] = await Promise.all([
        listSecrets(app.db, scope, filterOf(request.query, parts)),
        rulesOfSecrets(app.db, scope),
      ]);
      const providers = new Set(found.flatMap((rule) => findRule(rule)?.provider ?? []));
      return { rows: rows.map((row) => rowOf(row, parts)), total, issues, providers: [...providers].toSorted() };
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
        summary: "A secret: where it is, its issues, and how to revoke it",
        params: secretParams,
        response: { 200: secretAnswer },
      },
      config: { permission: "read" },
    },
    async (request): Promise<SecretDetail> => {
      const row = await secretFor(parts, viewerOf(request), request.params);
      const [issues, page] = await Promise.all([
        listSecretIssues(app.db, row.issueIds),
        pageOfPlaces(app.db, row, { limit: placesOfDetail }),
      ]);
      return detailOf(row, { issues, ...page }, parts);
    },
  );
}

function placesRoute(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/secrets/:instanceId/:fingerprint/places",
    {
      schema: {
        summary: "Every place of a secret, page by page",
        params: secretParams,
        querystring: placesQuery,
        response: { 200: placesAnswer },
      },
      config: { permission: "read" },
    },
    async (request): Promise<SecretPlaces> => {
      const { after, limit } = request.query;
      const row = await secretFor(parts, viewerOf(request), request.params);
      const { places, next } = await pageOfPlaces(app.db, row, { after: placeOf(after), limit });
      return { rows: places.map((place) => foundPlaceOf(place, parts)), total: row.places, next };
    },
  );
}

async function secretFor({ app }: Parts, { scope }: Viewer, of: Static<typeof secretParams>): Promise<SecretRow> {
  const one = { instanceId: of.instanceId as InstanceId, fingerprint: of.fingerprint, offset: 0, limit: 1 };
  const [row] = (await listSecrets(app.db, scope, one)).rows;
  if (!row) throw notFound("secret");
  return row;
}

/** One more than asked for tells whether there is another page. */
async function pageOfPlaces(db: Db, secret: SecretRow, { after, limit }: PlacesAsked): Promise<PlacesPage> {
  const found = await listSecretPlaces(db, secret, { after, limit: limit + 1 });
  const places = found.slice(0, limit);
  const last = found.length > limit ? places.at(-1) : undefined;
  return { places, next: last === undefined ? null : wordsOf(last) };
}

/** The path comes last, for it may hold anything; no name of a repository holds a slash. */
function wordsOf({ inHead, introduced, repositoryId, line, repositoryName, path }: PlaceInOrder): string {
  return [inHead ? "today" : "former", introduced, repositoryId, line, repositoryName, path].join("/");
}

function placeOf(words: string | undefined): PlaceInOrder | undefined {
  if (words === undefined) return undefined;
  const [when, introduced = "", repositoryId = "", line = "", repositoryName = "", ...path] = words.split("/");
  return {
    inHead: when === "today",
    introduced,
    repositoryId,
    line: Number(line),
    repositoryName,
    path: path.join("/"),
  };
}
