/** Variables that Azure Pipelines sets by itself, and whose content somebody outside may choose. */
import type { Taint } from "./source-node.ts";

/** Names and messages of source control: whoever may push a branch or open a pull request writes them. */
const sourceControl = [
  "Build.SourceBranch",
  "Build.SourceBranchName",
  "Build.SourceVersionMessage",
  "Build.SourceVersionAuthor",
  "System.PullRequest.SourceBranch",
  "System.PullRequest.SourceBranchName",
  "System.PullRequest.SourceRepositoryURI",
  "System.PullRequest.TargetBranch",
  "System.PullRequest.TargetBranchName",
  "Build.PullRequest.SourceBranch",
  "Release.Artifacts.SourceBranchName",
];
/** Names of people and definitions: chosen by fewer, and with fewer characters. */
const requester = [
  "Build.RequestedFor",
  "Build.RequestedForEmail",
  "Build.QueuedBy",
  "Build.DefinitionName",
  "Build.TriggeredBy.DefinitionName",
  "Release.RequestedFor",
  "Release.RequestedForEmail",
];

const taints = new Map<string, Taint>([
  ...sourceControl.map((name) => [name.toLowerCase(), { kind: "source-control", name }] as const),
  ...requester.map((name) => [name.toLowerCase(), { kind: "requester", name }] as const),
]);

const upstream =
  /^resources\.(?:pipeline\.[^.]+|triggeringalias|pipelines?\.[^.]+)\.(?:sourcebranch|requestedfor|runname|sourceprovider)$/;

/** Who may choose what a predefined variable holds; the name without its case. */
export function predefinedTaint(name: string): Taint | undefined {
  const lower = name.toLowerCase();
  return taints.get(lower) ?? (upstream.test(lower) ? { kind: "upstream", name } : undefined);
}

const prefix =
  /^(?:agent|build|system|pipeline|environment|resources|checks|strategy|release|common|tf_build|date|rev)\b/i;

export function isPredefined(name: string): boolean {
  return prefix.test(name);
}
