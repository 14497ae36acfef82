/** What starts a pipeline by itself, as its definition says it. */
import type { DefinitionTrigger } from "#model/posture/pipeline-facts.ts";
import { inner, isWire, type Wire } from "../read-wire.ts";

const kinds: Readonly<Record<string, DefinitionTrigger["is"]>> = {
  continuousintegration: "ci",
  batchedcontinuousintegration: "ci",
  schedule: "schedule",
  pullrequest: "pull-request",
  buildcompletion: "build-completion",
  // What clients of the first versions still write.
  "2": "ci",
  "4": "ci",
  "8": "schedule",
  "64": "pull-request",
  "128": "build-completion",
};

export function readTriggers(triggers: unknown): readonly DefinitionTrigger[] {
  const list: readonly unknown[] = Array.isArray(triggers) ? triggers : [];
  return list.filter(isWire).map(readTrigger);
}

function readTrigger(wire: Wire): DefinitionTrigger {
  const is = kinds[String(wire.triggerType).toLowerCase()] ?? "other";
  const schedules: readonly unknown[] = Array.isArray(wire.schedules) ? wire.schedules : [];
  const filters = [wire, ...schedules.filter(isWire)].flatMap(({ branchFilters }) => texts(branchFilters));
  const commentRequired = is === "pull-request" ? readComments(wire) : undefined;
  return {
    is,
    branchFilters: [...new Set(filters)],
    isFromYaml: wire.settingsSourceType === 2 || wire.settingsSourceType === "process",
    ...(is === "pull-request" && isWire(wire.forks) && { forks: readForks(inner(wire, "forks")) }),
    ...(commentRequired !== undefined && { commentRequired }),
  };
}

function readForks(wire: Wire): NonNullable<DefinitionTrigger["forks"]> {
  return {
    enabled: wire.enabled === true,
    allowSecrets: wire.allowSecrets === true,
    allowFullAccessToken: wire.allowFullAccessToken === true,
  };
}

function readComments(wire: Wire): DefinitionTrigger["commentRequired"] {
  if (typeof wire.isCommentRequiredForPullRequest !== "boolean") return undefined;
  if (!wire.isCommentRequiredForPullRequest) return "none";
  if (wire.requireCommentsForNonTeamMembersOnly === true) return "non-team";
  return wire.requireCommentsForNonTeamMemberAndNonContributors === true ? "other" : "all";
}

function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter((one) => typeof one === "string");
}
