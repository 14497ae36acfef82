/** What a rule on paths answers: a failure for each of its paths; without any, a pass only if all that decides is known. */
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { Evidence, PostureResource } from "#model/posture/posture-result.ts";
import type { Severity } from "#model/severity.ts";
import type { PostureContext } from "../posture-context.ts";
import { fail, notEvaluated, organizationResource, pass, type ResourceAnswer } from "../posture-rule.ts";
import { gapsOfPaths } from "./path-gaps.ts";

const mostEvidence = 40;

export function answersOfPaths(
  facts: OrganizationFacts,
  { paths, pipelines }: Pick<PostureContext, "paths" | "pipelines">,
  { id, severity }: { readonly id: AttackPath["rule"]; readonly severity: Severity },
): readonly ResourceAnswer[] {
  const own = paths.filter(({ rule }) => rule === id);
  if (own.length > 0) return own.map((path) => answerOf(path, severity));
  const gaps = gapsOfPaths(facts, pipelines);
  const resource = organizationResource(facts);
  if (gaps.length === 0) return [{ resource, answer: pass }];
  return [
    { resource, answer: notEvaluated(`No such path was found, but not all is known. ${gaps.slice(0, 5).join(" ")}`) },
  ];
}

function answerOf(path: AttackPath, usual: Severity): ResourceAnswer {
  const { entry, target, edges, severity, certainty, cut } = path;
  const resource: PostureResource = {
    kind: "path",
    id: path.id,
    name: `${entry.name} to ${target.name}`,
    ...(entry.projectId === undefined ? {} : { projectId: entry.projectId }),
  };
  const by = edges.slice(0, -1).map(({ to }) => to.name);
  const way = by.length === 0 ? "" : ` by way of ${by.join(", ")}`;
  const [first, ...more] = cut.changes;
  const then = more.length === 0 ? "" : ` Then: ${more.map(({ what }) => what).join(" ")}`;
  return {
    resource,
    answer: fail(severity, `${entry.name} can get to ${target.name}${way}`, {
      evidence: evidenceOf(path),
      ...(first ? { fix: `${first.what}${then}` } : {}),
      ...(severity === usual ? {} : { severityBecause: becauseOf(certainty, target.name) }),
    }),
  };
}

function becauseOf(certainty: AttackPath["certainty"], target: string): string {
  return certainty === "possible"
    ? "part of the path follows from what is not fully known"
    : `of what is lost with ${target}`;
}

function evidenceOf({ edges }: AttackPath): readonly Evidence[] {
  const seen = new Map<string, Evidence>();
  for (const one of edges.flatMap(({ evidence }) => evidence)) if (!seen.has(one.what)) seen.set(one.what, one);
  return [...seen.values()].slice(0, mostEvidence);
}
