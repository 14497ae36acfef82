/** The queues of the house: what each job carries, and how it is retried. Opened by cli/open-app.ts, worked in worker.ts. */
import type { HookEventId, InstanceId, OrganizationId, RepositoryId } from "#model/ids.ts";
import type { Because } from "#model/scan.ts";
import type { QueueDefinition } from "#store/jobs.ts";

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
  readonly "sync-organization": { readonly organization: OrganizationId };
  readonly "forget-instance": {
    readonly instance: InstanceId;
    readonly by: string;
    /** When the person asked, as ISO text. */
    readonly asked: string;
  };
  readonly maintenance: Readonly<Record<string, never>>;
}

export type QueueName = keyof JobData;

/** `stately` queues hold at most one waiting and one running job per key: many pushes collapse into one follow-up. */
export const queues = [
  { name: "handle-event", policy: "standard", retryLimit: 20, retryDelay: 1, heartbeatSeconds: 10 },
  { name: "scan-repository", policy: "stately", retryLimit: 20, retryDelay: 2, heartbeatSeconds: 10 },
  { name: "scan-pull-request", policy: "stately", retryLimit: 20, retryDelay: 1, heartbeatSeconds: 10 },
  { name: "give-feedback", policy: "stately", retryLimit: 20, retryDelay: 1, heartbeatSeconds: 10 },
  { name: "sync-organization", policy: "stately", retryLimit: 5, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "forget-instance", policy: "stately", retryLimit: 100, retryDelay: 10, heartbeatSeconds: 10 },
  { name: "maintenance", policy: "stately", retryLimit: 2, retryDelay: 60, heartbeatSeconds: 10 },
] as const satisfies readonly (QueueDefinition & { readonly name: QueueName })[];
