/** Who starts a pipeline with code of their own: by pull requests, forks, pushes and webhooks, each with what proves it. */
import type { Evidence } from "#model/posture/posture-result.ts";
import { isNone, startingBranches, unreviewed } from "../../cicd/azure/reach.ts";
import { itemsOf, textAt, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import type { ProvedFacts } from "./facts-with-evidence.ts";
import type { Exposure } from "./judged-pipeline.ts";
import type { Definition, PipelineCode } from "./read-code.ts";
import { hasSecret } from "./resource-facts.ts";
import { resourcesByName } from "./resources-by-name.ts";

export interface ExposureFound {
  readonly exposure: Exposure;
  /** Why some of it is not known. */
  readonly gaps: readonly string[];
}

export function exposureOf(given: Definition, code: PipelineCode | undefined, starts: ProvedFacts): ExposureFound {
  const webhooks = webhooksOf(given, code);
  if (!given.definition.isEnabled) {
    return { exposure: { pullRequests: false, forks: false, openBranches: false, webhooks: [] }, gaps: [] };
  }
  const gaps: string[] = [];
  const pullRequests = pullRequestsOf(code, starts, gaps);
  const forks = forksOf(pullRequests, starts, gaps);
  return { exposure: { pullRequests, forks, openBranches: openBranchesOf(given, code, starts, gaps), webhooks }, gaps };
}

function pullRequestsOf(
  code: PipelineCode | undefined,
  { facts, evidence }: ProvedFacts,
  gaps: string[],
): Exposure["pullRequests"] {
  if (facts.repositoryKind === "azure-repos") {
    if (facts.hasBuildPolicy === undefined) gaps.push(facts.reasons?.hasBuildPolicy ?? unknownPullRequests);
    return facts.hasBuildPolicy ? evidence.get("hasBuildPolicy")?.[0] : facts.hasBuildPolicy;
  }
  if (facts.pullRequestTrigger) {
    return facts.pullRequestTrigger === "on" ? evidence.get("pullRequestTrigger")?.[0] : false;
  }
  if (!code || facts.repositoryKind === undefined) {
    gaps.push(unknownPullRequests);
    return undefined;
  }
  const { root } = code.pipeline;
  const pr = valueAt(root, "pr");
  if (pr !== undefined && isNone(pr)) return false;
  return code.evidenceOf((pr ?? root).at, pr ? "pr: names branches" : "without pr: every pull request starts it");
}

const unknownPullRequests = "Whether pull requests start it is not known: its file says so, and was not read.";

const unknownForks = "Whether pull requests of forks start it, and with which secrets, no setting says that was read.";

function forksOf(
  pullRequests: Exposure["pullRequests"],
  { facts: { forks, reasons }, evidence }: ProvedFacts,
  gaps: string[],
): Exposure["forks"] {
  if (pullRequests === false || forks === "none") return false;
  if (forks === undefined || pullRequests === undefined) {
    if (forks === undefined) gaps.push(reasons?.forks ?? unknownForks);
    return undefined;
  }
  const [said] = evidence.get("forks") ?? [];
  return { withSecrets: forks === "with-secrets", evidence: said ?? pullRequests };
}

function openBranchesOf(
  { definition }: Definition,
  code: PipelineCode | undefined,
  { facts, evidence }: ProvedFacts,
  gaps: string[],
): Exposure["openBranches"] {
  if (!code && !facts.branchTriggers) {
    gaps.push("Which branches start it is not known: its file says so, and was not read.");
    return undefined;
  }
  const root = code?.pipeline.root;
  const branches = facts.branchTriggers ?? (root ? startingBranches(root, facts) : []);
  const patterns = unreviewed(branches, facts);
  if (patterns === undefined) {
    const where = definition.repository.name;
    gaps.push(facts.reasons?.reviewedBranches ?? `Which branches of ${where} are protected is not known here.`);
    return undefined;
  }
  if (patterns.length === 0) return false;
  const trigger = root && valueAt(root, "trigger");
  const [said] = facts.branchTriggers ? (evidence.get("branchTriggers") ?? []) : [];
  const written =
    code &&
    root &&
    code.evidenceOf((trigger ?? root).at, trigger ? "trigger" : "without trigger: every branch starts it");
  const proof: Evidence = said ?? written ?? { what: `definition ${definition.id}`, url: definition.url };
  return { patterns, evidence: proof };
}

function webhooksOf({ organization, project }: Definition, code: PipelineCode | undefined): Exposure["webhooks"] {
  const root = code?.pipeline.root;
  if (!code || !root) return [];
  return itemsOf(valueAt(valueAt(root, "resources"), "webhooks")).map((item) => {
    const name = textAt(item, "connection") ?? textAt(item, "webhook") ?? "";
    const connection = resourcesByName(project, organization).connections.get(name.toLowerCase());
    return {
      connection: name,
      hasSecret: connection && hasSecret(connection),
      evidence: code.evidenceOf(item.at, `webhook ${textAt(item, "webhook") ?? ""}`),
    };
  });
}
