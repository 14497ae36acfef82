/** What the console calls the things of settings, pipelines and attack paths that the server names by stable words. */
import type { PipelinesQuery } from "#api/pipelines/contract.ts";
import type { PathCertainty, PathEdgeKind, PathNodeKind } from "#model/posture/attack-path.ts";
import type { WhyUnknown } from "#model/posture/fact.ts";
import type { BillKind } from "#model/posture/pipeline-bill.ts";
import type { PostureAnswer, PostureCategory } from "#model/posture/posture-result.ts";
import type { Tone } from "./tag.tsx";

interface Said {
  readonly label: string;
  readonly tone: Tone;
}

export const postureCategoryLabels: Readonly<Record<PostureCategory, string>> = {
  repository: "Repositories and branches",
  settings: "Settings of projects",
  pipeline: "Pipelines",
  resource: "Protected resources",
  release: "Classic releases",
  identity: "People and groups",
  organization: "Organization",
  extension: "Extensions",
  hook: "Service hooks",
  feed: "Feeds",
  run: "Runs",
  path: "Attack paths",
};

export const postureAnswers: Readonly<Record<PostureAnswer["is"], Said>> = {
  fail: { label: "Fails", tone: "bad" },
  "not-evaluated": { label: "Not evaluated", tone: "warning" },
  pass: { label: "Passes", tone: "good" },
};

export const certainties: Readonly<Record<PathCertainty, Said>> = {
  run: { label: "Seen in a run", tone: "bad" },
  authorised: { label: "Settings allow it", tone: "warning" },
  possible: { label: "Possible", tone: "quiet" },
};

export const whyUnknownLabels: Readonly<Record<WhyUnknown, string>> = {
  scope: "The credential lacks the scope",
  refused: "Azure DevOps refuses it",
  absent: "This edition does not have it",
  "switched-off": "Nobody allowed it",
  failed: "It could not be read",
  "not-read": "Not read yet",
};

type Exposure = NonNullable<PipelinesQuery["exposure"]>[number];

/** Who starts a pipeline with code that nobody reviewed. */
export const exposureLabels: Readonly<Record<Exposure, string>> = {
  "pull-requests": "Pull requests",
  forks: "Forks",
  "open-branches": "Pushes to open branches",
  webhooks: "Webhooks",
  injections: "Injected text",
};

/** In the order in which they are shown. */
export const billGroupLabels: Readonly<Record<BillKind, string>> = {
  repository: "Repositories",
  template: "Templates",
  task: "Tasks",
  image: "Images",
  download: "Downloads",
  feed: "Feeds",
  "artifact-in": "Artifacts that come in",
  "artifact-out": "Artifacts that it makes",
  pool: "Agent pools",
  connection: "Service connections",
  "variable-group": "Variable groups",
  secret: "Secrets",
  vault: "Key vaults",
  "secure-file": "Secure files",
  environment: "Environments",
  webhook: "Webhooks",
};

export const pathNodeLabels: Readonly<Record<PathNodeKind, string>> = {
  identity: "People",
  repository: "Repository",
  branch: "Branch",
  file: "File",
  template: "Template",
  pipeline: "Pipeline",
  run: "Run",
  pool: "Agent pool",
  connection: "Service connection",
  cloud: "Cloud",
  "variable-group": "Variable group",
  "secure-file": "Secure file",
  environment: "Environment",
  feed: "Feed",
  project: "Project",
  organization: "Organization",
};

/** What stands on the arrow between two. */
export const pathEdgeLabels: Readonly<Record<PathEdgeKind, string>> = {
  "can-push": "may push to",
  "can-create-branch": "may create",
  "can-bypass": "may pass by",
  "can-edit-policy": "may edit the policies of",
  "can-create-pipeline": "may create",
  "can-edit-pipeline": "may edit",
  "can-queue": "may start",
  "can-approve": "may approve",
  starts: "starts",
  "defined-by": "is defined by",
  includes: "includes",
  "runs-on": "runs on",
  authorised: "is authorised for",
  uses: "uses",
  assumes: "signs in to",
  publishes: "publishes to",
  consumes: "consumes",
  "member-of": "belongs to",
};
