/** Facts as they are stored, one row for each kind and project, and put together again. */
import { createHash } from "node:crypto";
import type { ProjectId } from "#model/ids.ts";
import { type Fact, unknown } from "#model/posture/fact.ts";
import { factKeys, factKind } from "#model/posture/fact-key.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { Db } from "#store/database.ts";
import { json } from "#store/json.ts";
import { listFacts, type NewFact, type StoredFact } from "#store/posture/posture-facts.ts";

export function factsToStore(facts: OrganizationFacts, now: Date): readonly NewFact[] {
  const own = factsOf(facts, "organization").map((fact) => ({ projectId: null, ...rowOf(fact, now) }));
  const ofProjects = facts.projects.flatMap((project) =>
    factsOf(project, "project").map((fact) => ({ projectId: project.id, ...rowOf(fact, now) })),
  );
  return [...own, ...ofProjects];
}

type Named = readonly [NewFact["key"], Fact<unknown>];

function factsOf(given: OrganizationFacts | ProjectFacts, of: "organization" | "project"): readonly Named[] {
  const all = given as unknown as Readonly<Record<string, Fact<unknown>>>;
  return factKeys.flatMap((key) => (factKind(key).of === of && all[key] ? [[key, all[key]] as const] : []));
}

function rowOf([key, fact]: Named, now: Date): Omit<NewFact, "projectId"> {
  const said = fact.is === "known" ? fact.value : [fact.why, fact.reason];
  const hash = createHash("sha256")
    .update(`${fact.is} ${JSON.stringify(said)}`)
    .digest("base64url");
  return { key, fact: json(fact), hash, readAt: fact.is === "known" ? new Date(fact.at) : now };
}

/** What nobody has asked about yet is unknown. Undefined if nothing was read at all. */
export async function readStoredFacts(
  db: Db,
  organization: Pick<OrganizationFacts, "id" | "name" | "url">,
  projects: readonly Pick<ProjectFacts, "id" | "name" | "visibility">[],
  only?: ProjectId,
): Promise<OrganizationFacts | undefined> {
  const rows = await listFacts(db, organization.id, only);
  if (rows.length === 0) return undefined;
  const byProject = Map.groupBy(rows, ({ projectId }) => projectId);
  return {
    ...organization,
    ...together(byProject.get(undefined) ?? [], "organization"),
    projects: projects.map((project) => ({ ...project, ...together(byProject.get(project.id) ?? [], "project") })),
  } as unknown as OrganizationFacts;
}

function together(rows: readonly StoredFact[], of: "organization" | "project"): object {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const entries = factKeys.flatMap((key) => {
    if (factKind(key).of !== of) return [];
    const row = byKey.get(key);
    if (!row) return [[key, unknown("not-read", `Nobody has read ${factKind(key).title} yet.`)] as const];
    // What is the same is not written again: it was read later than it says.
    const { fact, readAt } = row;
    return [[key, fact.is === "known" ? { ...fact, at: readAt.toISOString() } : fact] as const];
  });
  return Object.fromEntries(entries);
}
