/**
 * Release branches of the repositories that pipelines are built from: a call for each of them and for each beginning that such
 * names have. What is refused is left out; of many repositories only the first are asked.
 */
import { type OrganizationClient, path } from "../organization-client.ts";
import { pagesByHeader } from "../pages.ts";
import { requiredText } from "../read-wire.ts";
import type { CollectingProject } from "./collector.ts";
import { isOfOne, withoutRefused } from "./without-refused.ts";

const mostRepositories = 100;
const mostBranches = 500;
/** As they are called where nobody said otherwise. */
const usual = ["refs/heads/release/*", "refs/heads/releases/*"];
const heads = "refs/heads/";
/** Names that begin with as many letters alike are asked for together. */
const alike = heads.length + 4;

/** Full ref names by the id of the repository. */
export async function readReleaseBranches(
  client: OrganizationClient,
  { project, releaseBranches = usual }: CollectingProject,
  repositoryIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const beginnings = beginningsOf(releaseBranches);
  if (beginnings.length === 0) return new Map();
  try {
    const { values } = await withoutRefused(repositoryIds.slice(0, mostRepositories), async (id) => {
      const refs = new Set<string>();
      for (const beginning of beginnings) {
        const request = {
          path: path`/${project.id}/_apis/git/repositories/${id}/refs`,
          query: { filter: beginning.replace(/^refs\//, "") },
        };
        const where = "branches";
        for await (const wire of pagesByHeader(client, request, { top: mostBranches, where })) {
          refs.add(requiredText(wire, "name", where));
          if (refs.size >= mostBranches) break;
        }
      }
      return [id, [...refs]] as const;
    });
    return new Map(values);
  } catch (error) {
    if (isOfOne(error)) return new Map();
    throw error;
  }
}

/** Of patterns with `*`: those of `release/*` and `releases/*` are one. */
function beginningsOf(patterns: readonly string[]): readonly string[] {
  const literal = patterns
    .map((pattern) => pattern.split("*")[0] ?? "")
    .filter((text) => text.startsWith(heads))
    .sort();
  const found: string[] = [];
  for (const one of literal) {
    const last = found.at(-1);
    const shared = last === undefined ? "" : sharedBeginning(last, one);
    if (last !== undefined && (shared === last || shared.length >= alike)) found[found.length - 1] = shared;
    else found.push(one);
  }
  return found;
}

function sharedBeginning(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}
