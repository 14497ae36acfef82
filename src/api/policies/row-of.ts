/** Policies as the wire has them, and who changes them. */

import { isBuiltIn, type PolicyChange } from "#flows/policies/change-policies.ts";
import { policyWords } from "#flows/policies/check-policy.ts";
import type { PoliciesInForce } from "#flows/policies/policies-in-force.ts";
import type { Policy } from "#model/policy.ts";
import { getRepositoryPlace } from "#store/instances/repository-tags.ts";
import type { Parts } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { notFound } from "../problem-error.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import type { Policies, PolicyRow } from "./contract.ts";

export async function changeOf(parts: Parts, viewer: Viewer, instance: string): Promise<PolicyChange> {
  const { id: instanceId, name: instanceName } = await instanceFor(parts, viewer, instance);
  return { instanceId, instanceName, by: viewer.name };
}

export async function policiesOf({ app }: Parts, inForce: PoliciesInForce): Promise<Policies> {
  const { policies, version, source } = inForce;
  const rows = policies.map((one) => rowOf(one, inForce));
  if (source.is === "console") return { version, source: null, rows };
  const { at } = source;
  const { project = "", name = "" } = (await getRepositoryPlace(app.db, at.repositoryId)) ?? {};
  return {
    ...{ version, rows },
    source: {
      repository: { id: at.repositoryId, name, project },
      ...{ ref: at.ref, folder: at.folder, changedBy: at.changedBy, changedAt: toTime(at.changedAt) },
      ...{ readCommit: at.readCommit ?? null, readAt: toTime(at.readAt), commitInForce: at.policiesCommit ?? null },
      problems: at.problems.map(({ path, line = null, message }) => ({ path, line, message })),
    },
  };
}

export function rowFor(inForce: PoliciesInForce, id: string): PolicyRow {
  const found = inForce.policies.find((one) => one.id === id);
  if (!found) throw notFound("policy");
  return rowOf(found, inForce);
}

function rowOf(one: Policy, { source, stored }: PoliciesInForce): PolicyRow {
  const isOfRepository = source.is === "repository" && source.at.policies !== undefined;
  const row = isOfRepository ? undefined : stored.get(one.id);
  const { says, yaml } = policyWords(one);
  return {
    policy: one as PolicyRow["policy"],
    ...{ says: [...says], yaml },
    from: isOfRepository ? "repository" : isBuiltIn(one.id) ? "built-in" : "console",
    version: row?.version ?? null,
    changedBy: row?.changedBy ?? null,
    changedAt: toTime(row?.changedAt),
  };
}
