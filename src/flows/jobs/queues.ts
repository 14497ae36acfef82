/** The queues of the house: what each job carries, and how it is retried. Opened by cli/open-app.ts, worked in worker.ts. */
import type { FixId } from "#model/fix.ts";
import type { CredentialId, HookEventId, InstanceId, OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Because } from "#model/scan.ts";
import type { WebhookId } from "#model/webhook.ts";
import type { QueueDefinition } from "#store/jobs/jobs.ts";

/** Jobs carry names of things, never their state: a job that waits or runs twice reads the truth when it runs. */
export interface JobData {
  readonly "handle-event": { readonly event: HookEventId };
  readonly "scan-repository": { readonly repository: RepositoryId; readonly because: Because };
  readonly "scan-pull-request": {
    readonly repository: RepositoryId;
    readonly number: number;
    readonly because: Because;
  };
  readonly "give-feedback": { readonly repository: RepositoryId; readonly number: number };
  /** A build's commit that no scan has looked at. */
  readonly "scan-commit": {
    readonly repository: RepositoryId;
    readonly commit: string;
    readonly build: number;
    readonly because: Because;
  };
  readonly "sync-organization": {
    readonly organization: OrganizationId;
    /** ISO text: heads that were not looked at since then are looked at, however many there are. */
    readonly lookedSince?: string;
  };
  readonly "catch-up": { readonly organization: OrganizationId };
  readonly "validate-hooks": { readonly instance: InstanceId; readonly validation: string };
  /** Gates as people want them, and the proof of every watched branch. */
  readonly "keep-gates": { readonly organization: OrganizationId; readonly isThorough?: boolean };
  readonly "check-credential": { readonly credential: CredentialId };
  readonly "forget-instance": {
    readonly instance: InstanceId;
    readonly by: string;
    /** When the person asked, as ISO text. */
    readonly asked: string;
  };
  /** Somebody switched a rule off or on, or graded it otherwise. */
  readonly "apply-rule-setting": { readonly instance: InstanceId; readonly rule: string };
  /** Commands in the threads of a pull request that nobody answered yet. */
  readonly "obey-comment": { readonly repository: RepositoryId; readonly number: number };
  /** The world knows more, or people judge otherwise: what a branch depends on is judged again, as it is stored. */
  readonly "judge-packages": {
    readonly instance: InstanceId;
    readonly repository: RepositoryId;
    readonly branch: string;
  };
  /** A branch has packages of which nothing may be known. */
  readonly "gather-facts": {
    readonly instance: InstanceId;
    readonly repository: RepositoryId;
    readonly branch: string;
  };
  /** All that the branches of a repository ever held: secrets stay secrets there. */
  readonly "scan-history": {
    readonly repository: RepositoryId;
    /** Some branch moved since the mirror was fetched. */
    readonly pushed?: true;
  };
  /** Asks providers about all secrets of an instance that are due, or about one. */
  readonly "check-secrets": { readonly instance: InstanceId; readonly fingerprint?: string };
  /** A scan of a pull request does not end: do the policies let it pass? */
  readonly "judge-unfinished": { readonly repository: RepositoryId; readonly number: number };
  /** What follows from the issues of a branch. */
  readonly "apply-policies": {
    readonly repository: RepositoryId;
    /** The full name of its ref. */
    readonly branch: string;
    readonly trigger: "push" | "schedule";
  };
  /** Policies as code may have changed. */
  readonly "read-policies": { readonly instance: InstanceId; readonly repository: RepositoryId };
  /** Makes a fix and its pull request, or looks what became of them. */
  readonly "make-fix": { readonly repository: RepositoryId; readonly fix: FixId };
  /** Work items of an organization: made, kept up, and what people did with them read back. */
  readonly "sync-work-items": { readonly organization: OrganizationId };
  /** What a webhook has to be told. */
  readonly "deliver-webhook": { readonly webhook: WebhookId };
  /** Settings of an organization: read, and judged with the code of its pipelines. */
  readonly "judge-posture": { readonly organization: OrganizationId };
  /** A run that has ended: what it really did, against what its settings and its code say. */
  readonly "judge-run": {
    readonly organization: OrganizationId;
    readonly project: ProjectId;
    readonly build: number;
  };
  /** Urgency, due dates and owners of issues whose time has come, or that are weighed otherwise than before. */
  readonly "score-issues": Readonly<Record<string, never>>;
  readonly maintenance: Readonly<Record<string, never>>;
}

export type QueueName = keyof JobData;

/** `stately` queues hold at most one waiting and one running job per key: many pushes collapse into one follow-up. */
export const queues = [
  { name: "handle-event", policy: "standard", retryLimit: 20, retryDelay: 1, heartbeatSeconds: 10 },
  { name: "scan-repository", policy: "stately", retryLimit: 20, retryDelay: 2, heartbeatSeconds: 10 },
  { name: "scan-pull-request", policy: "stately", retryLimit: 20, retryDelay: 1, heartbeatSeconds: 10 },
  { name: "give-feedback", policy: "stately", retryLimit: 20, retryDelay: 1, heartbeatSeconds: 10 },
  { name: "scan-commit", policy: "stately", retryLimit: 20, retryDelay: 2, heartbeatSeconds: 10 },
  { name: "sync-organization", policy: "stately", retryLimit: 5, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "catch-up", policy: "stately", retryLimit: 2, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "validate-hooks", policy: "stately", retryLimit: 2, retryDelay: 5, heartbeatSeconds: 10 },
  { name: "keep-gates", policy: "stately", retryLimit: 5, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "check-credential", policy: "stately", retryLimit: 5, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "forget-instance", policy: "stately", retryLimit: 100, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "apply-rule-setting", policy: "stately", retryLimit: 20, retryDelay: 2, heartbeatSeconds: 10 },
  { name: "obey-comment", policy: "stately", retryLimit: 20, retryDelay: 1, heartbeatSeconds: 10 },
  { name: "judge-packages", policy: "stately", retryLimit: 20, retryDelay: 2, heartbeatSeconds: 10 },
  { name: "gather-facts", policy: "stately", retryLimit: 2, retryDelay: 60, heartbeatSeconds: 10 },
  { name: "scan-history", policy: "stately", retryLimit: 10, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "check-secrets", policy: "stately", retryLimit: 3, retryDelay: 60, heartbeatSeconds: 10 },
  { name: "judge-unfinished", policy: "stately", retryLimit: 5, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "apply-policies", policy: "stately", retryLimit: 20, retryDelay: 2, heartbeatSeconds: 10 },
  { name: "read-policies", policy: "stately", retryLimit: 10, retryDelay: 5, heartbeatSeconds: 10 },
  { name: "make-fix", policy: "stately", retryLimit: 10, retryDelay: 5, heartbeatSeconds: 10 },
  { name: "sync-work-items", policy: "stately", retryLimit: 10, retryDelay: 5, heartbeatSeconds: 10 },
  { name: "deliver-webhook", policy: "stately", retryLimit: 5, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "judge-posture", policy: "stately", retryLimit: 5, retryDelay: 60, heartbeatSeconds: 10 },
  { name: "judge-run", policy: "stately", retryLimit: 5, retryDelay: 30, heartbeatSeconds: 10 },
  { name: "score-issues", policy: "stately", retryLimit: 5, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "maintenance", policy: "stately", retryLimit: 10, retryDelay: 60, heartbeatSeconds: 10 },
] as const satisfies readonly (QueueDefinition & { readonly name: QueueName })[];
