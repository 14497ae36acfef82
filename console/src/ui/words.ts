/** What the console calls the things that the server names by stable words. */

import type { Ecosystem } from "#model/ecosystem.ts";
import type { ExceptionSource, ExceptionStateName, Justification } from "#model/exception.ts";
import type { LiveVerdict } from "#model/finding.ts";
import type { FixState } from "#model/fix.ts";
import type { GateState } from "#model/gate.ts";
import type { InstanceState } from "#model/instance.ts";
import type { DismissReason } from "#model/issue.ts";
import type { Risk } from "#model/package-finding.ts";
import type { Relation } from "#model/package-manifest.ts";
import type { PullRequestState, PullRequestStatusState } from "#model/pull-request.ts";
import type { ScanOutcome } from "#model/scan.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { VerdictOutcome } from "#model/verdict.ts";
import type { DeliveredEvent, DeliveryState } from "#model/webhook.ts";
import type { WorkItemState } from "#model/work-item.ts";
import type { Tone } from "./tag.tsx";

interface Said {
  readonly label: string;
  readonly tone: Tone;
}

export const scannerLabels: Readonly<Record<ScannerName, string>> = {
  secrets: "Exposed secrets",
  iac: "Infrastructure as code",
  vulnerabilities: "Vulnerable packages",
  licenses: "Licences",
  "operational-risk": "Package health",
  cicd: "Pipelines",
  imported: "Other scanners",
};

/** Languages of infrastructure. */
export const frameworkLabels: Readonly<Record<string, string>> = {
  terraform: "Terraform",
  "terraform-plan": "Terraform plan",
  bicep: "Bicep",
  arm: "ARM template",
  cloudformation: "CloudFormation",
  kubernetes: "Kubernetes",
  helm: "Helm",
  kustomize: "Kustomize",
  dockerfile: "Dockerfile",
  compose: "Docker Compose",
  "azure-pipelines": "Azure Pipelines",
  "github-actions": "GitHub Actions",
  "gitlab-ci": "GitLab CI",
  "package-files": "Package files",
  "azure-devops": "Azure DevOps settings",
};

/** Where packages come from, where the word of the advisories is not what people say. */
export const ecosystemLabels: Readonly<Record<Ecosystem, string>> = {
  NuGet: "NuGet",
  npm: "npm",
  PyPI: "PyPI",
  Maven: "Maven",
  Go: "Go",
  "crates.io": "crates.io",
  RubyGems: "RubyGems",
  Packagist: "Packagist",
  Pub: "Pub",
  Hex: "Hex",
  SwiftURL: "Swift",
  ConanCenter: "Conan",
  CRAN: "CRAN",
  Hackage: "Hackage",
  Julia: "Julia",
  opam: "opam",
  "GitHub Actions": "GitHub Actions",
  ".NET": ".NET runtimes",
  CocoaPods: "CocoaPods",
  CPAN: "CPAN",
  "Azure Pipelines": "Azure Pipelines",
  Docker: "Docker",
  Deno: "Deno",
  Conda: "Conda",
  Generic: "Other",
};

/** How a package comes into a project. */
export const relationLabels: Readonly<Record<Relation, string>> = {
  root: "The project itself",
  workspace: "Of the workspace",
  direct: "Direct",
  transitive: "Transitive",
  unknown: "Not said",
};

export const licenseCategoryLabels: Readonly<Record<string, string>> = {
  "public-domain": "Public domain",
  permissive: "Permissive",
  "weak-copyleft": "Weak copyleft",
  "strong-copyleft": "Strong copyleft",
  "network-copyleft": "Network copyleft",
  "non-commercial": "Non-commercial",
  "source-available": "Source-available",
  proprietary: "Proprietary",
  unknown: "Unknown",
};

export const riskLevels: Readonly<Record<Risk["level"], Said>> = {
  low: { label: "Low risk", tone: "good" },
  medium: { label: "Medium risk", tone: "warning" },
  high: { label: "High risk", tone: "bad" },
  unknown: { label: "Not enough is known", tone: "quiet" },
};

export const instanceStates: Readonly<Record<InstanceState, Said>> = {
  connecting: { label: "Connecting", tone: "busy" },
  connected: { label: "Connected", tone: "good" },
  warning: { label: "Warning", tone: "warning" },
  error: { label: "Error", tone: "bad" },
  disabled: { label: "Disabled", tone: "off" },
};

export const scanOutcomes: Readonly<Record<ScanOutcome | "running", Said>> = {
  running: { label: "Running", tone: "busy" },
  complete: { label: "Complete", tone: "good" },
  partial: { label: "Partial", tone: "warning" },
  failed: { label: "Failed", tone: "bad" },
  superseded: { label: "Superseded", tone: "quiet" },
};

export const issueStates: Readonly<Record<"open" | "fixed" | "dismissed" | "silenced", Said>> = {
  open: { label: "Open", tone: "open" },
  fixed: { label: "Fixed", tone: "good" },
  dismissed: { label: "Dismissed", tone: "off" },
  silenced: { label: "Silenced", tone: "warning" },
};

export const fixStates: Readonly<Record<FixState, Said>> = {
  planned: { label: "Waiting", tone: "quiet" },
  making: { label: "Being made", tone: "busy" },
  rescanned: { label: "Rescanned", tone: "busy" },
  open: { label: "Open", tone: "open" },
  merged: { label: "Merged", tone: "good" },
  "closed-by-people": { label: "Closed by people", tone: "off" },
  abandoned: { label: "Abandoned", tone: "off" },
  superseded: { label: "Superseded", tone: "quiet" },
  refused: { label: "Refused", tone: "warning" },
  failed: { label: "Failed", tone: "bad" },
};

/** Whether a fix of this state still goes on. */
const goesOn: Readonly<Record<FixState, boolean>> = {
  planned: true,
  making: true,
  rescanned: true,
  open: true,
  merged: false,
  "closed-by-people": false,
  abandoned: false,
  superseded: false,
  refused: false,
  failed: false,
};

export function isLiveFix(state: FixState): boolean {
  return goesOn[state];
}

/** How an issue stands to the day by which it should be fixed. */
export const dueLabels = { overdue: "Overdue", approaching: "Due soon", "on-track": "On track" } as const;

export const noveltyLabels = { new: "New", backlog: "Backlog" } as const;

export const exceptionStates: Readonly<Record<ExceptionStateName, Said>> = {
  pending: { label: "Waits for a second person", tone: "warning" },
  active: { label: "In force", tone: "good" },
  refused: { label: "Refused", tone: "bad" },
  expired: { label: "Over", tone: "quiet" },
  revoked: { label: "Revoked", tone: "off" },
};

export const exceptionSourceLabels: Readonly<Record<ExceptionSource | "code", string>> = {
  console: "Console",
  api: "API",
  "pull-request": "Pull request",
  code: "In the code",
};

export const workItemStates: Readonly<Record<WorkItemState, Said>> = {
  planned: { label: "Waiting", tone: "quiet" },
  open: { label: "Open", tone: "open" },
  "closed-by-people": { label: "To confirm", tone: "warning" },
  closed: { label: "Closed", tone: "good" },
  gone: { label: "Deleted in Boards", tone: "off" },
};

export const deliveryStates: Readonly<Record<DeliveryState, Said>> = {
  waiting: { label: "Waiting", tone: "busy" },
  delivered: { label: "Delivered", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
};

/** What webhooks tell; `ping` is a try. */
export const webhookEventLabels: Readonly<Record<DeliveredEvent, string>> = {
  "issue-opened": "Issue opened",
  "issue-fixed": "Issue fixed",
  "issue-reopened": "Issue opened again",
  "issue-dismissed": "Issue dismissed",
  verdict: "Verdict",
  policy: "Policy asks for it",
  "fix-opened": "Fix opened",
  "fix-merged": "Fix merged",
  "gate-not-effective": "Gate not effective",
  digest: "Weekly digest",
  ping: "Try",
};

/** What one can be asked to tell. */
export const webhookEvents = (Object.keys(webhookEventLabels) as DeliveredEvent[]).filter((event) => event !== "ping");

export const pullRequestStates: Readonly<Record<PullRequestState, string>> = {
  active: "Active",
  completed: "Completed",
  abandoned: "Abandoned",
};

export const pullRequestStatuses: Readonly<Record<PullRequestStatusState, Said>> = {
  pending: { label: "Pending", tone: "busy" },
  succeeded: { label: "Succeeded", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  error: { label: "Error", tone: "bad" },
  notApplicable: { label: "Not applicable", tone: "quiet" },
};

export const verdictOutcomes: Readonly<Record<VerdictOutcome, Said>> = {
  passed: { label: "Passed", tone: "good" },
  blocked: { label: "Blocked", tone: "bad" },
  unfinished: { label: "Unfinished", tone: "warning" },
};

export const gateStates: Readonly<Record<GateState, Said>> = {
  effective: { label: "Blocks", tone: "good" },
  ineffective: { label: "Would not block", tone: "bad" },
  waiting: { label: "Being made", tone: "busy" },
  refused: { label: "Refused", tone: "warning" },
  unread: { label: "Not read", tone: "quiet" },
};

export const dismissReasonLabels: Readonly<Record<DismissReason, string>> = {
  "false-positive": "False positive",
  "accepted-risk": "Accepted risk",
  "used-in-tests": "Used in tests",
  "will-fix-later": "Will fix later",
  rotated: "Rotated",
};

/** Why a vulnerability of a package does not reach what is built with it. */
export const justificationLabels: Readonly<Record<Justification, string>> = {
  code_not_present: "The vulnerable code is not in what is built",
  code_not_reachable: "The vulnerable code is never run",
  requires_configuration: "It needs a setting that is not used",
  requires_dependency: "It needs another package, which is not there",
  requires_environment: "It needs a system that this does not run on",
  protected_by_compiler: "A compiler or its settings prevent it",
  protected_at_runtime: "Something that watches the running program prevents it",
  protected_at_perimeter: "A firewall, gateway or proxy in front prevents it",
  protected_by_mitigating_control: "Something else prevents it; the comment says what",
};

/** What a provider said of a secret; nobody may have asked. */
export const liveVerdicts: Readonly<Record<LiveVerdict | "unchecked", Said>> = {
  live: { label: "Live", tone: "bad" },
  "not-live": { label: "Not live", tone: "good" },
  unknown: { label: "Unknown", tone: "warning" },
  unchecked: { label: "Not checked", tone: "quiet" },
};

/** Where a secret is today: on a default branch, only on others, or in commits alone. */
export const secretPlaces: Readonly<Record<"head" | "branch" | "history", Said>> = {
  head: { label: "In HEAD", tone: "open" },
  branch: { label: "In a branch", tone: "open" },
  history: { label: "Only in history", tone: "quiet" },
};

export const takesLabels = {
  existing: "All existing",
  "existing-and-future": "All existing and future",
  list: "Chosen from a list",
} as const;

export const becauseLabels = {
  schedule: "Schedule",
  connected: "First scan",
  person: "Asked for",
} as const;
