/** Does the jobs of all queues. The one place that catches a RemoteError: what it means for the job, and for the instance, is decided here. */
import { RemoteError } from "#model/remote-error.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { checkCredential } from "../check-credential/check-credential.ts";
import { obeyComment } from "../comment-commands/obey-comment.ts";
import { makeFix } from "../fixes/make-fix.ts";
import { keepGates } from "../gates/keep-gates.ts";
import { giveFeedback } from "../give-feedback/give-feedback.ts";
import { forgetInstance } from "../instances/forget-instance.ts";
import { noteFullDisk } from "../instances/room-reason.ts";
import { judgeStored } from "../knowledge/judge-again.ts";
import { checkSecrets } from "../live-checks/check-secrets.ts";
import { gatherBranchFacts } from "../packages/gather-branch-facts.ts";
import { applyPolicies } from "../policies/apply-policies.ts";
import { judgeUnfinished } from "../policies/judge-unfinished.ts";
import { readPolicySource } from "../policies/read-policy-source.ts";
import { judgeOrganization } from "../posture/judge-organization.ts";
import { judgeRunOfPipeline } from "../posture/judge-run.ts";
import { scanPullRequest } from "../scan-pull-request/scan-pull-request.ts";
import { scanCommit } from "../scan-repository/scan-commit.ts";
import { scanRepository } from "../scan-repository/scan-repository.ts";
import { applyRuleSetting } from "../scan-settings/apply-rule-setting.ts";
import { scanRepositoryHistory } from "../secrets/scan-repository-history.ts";
import { handleEvent } from "../service-hooks/handle-event.ts";
import { catchUpOrganization } from "../sync-organization/catch-up-organization.ts";
import { syncOrganization } from "../sync-organization/sync-organization.ts";
import { scoreIssues } from "../urgency/score-issues.ts";
import { validateHooks } from "../validate-hooks/validate-hooks.ts";
import { deliverWebhook } from "../webhooks/deliver-webhook.ts";
import { syncWorkItems } from "../work-items/sync-work-items.ts";
import { giveUp } from "./give-up.ts";
import { maintain } from "./maintain.ts";
import type { JobData, QueueName } from "./queues.ts";
import { startSchedule } from "./schedule.ts";
import { settleRefusal } from "./settle-refusal.ts";
import { skipPaused } from "./skip-paused.ts";

export interface Worker {
  /** Takes no new jobs and waits for those that run; what does not end in time is done again later. */
  stop(): Promise<void>;
}

type Handler<Name extends QueueName> = (app: App, data: JobData[Name], signal: AbortSignal) => Promise<void>;

type Handlers = {
  readonly [Name in QueueName]: {
    readonly handle: Handler<Name>;
    readonly concurrency: number;
    /** Less than all: a flood of one tenant leaves room for the others. */
    readonly perGroup: number;
  };
};

const handlers: Handlers = {
  "handle-event": { handle: handleEvent, concurrency: 6, perGroup: 4 },
  "scan-repository": { handle: scanRepository, concurrency: 4, perGroup: 3 },
  "scan-pull-request": { handle: scanPullRequest, concurrency: 4, perGroup: 3 },
  "give-feedback": { handle: giveFeedback, concurrency: 4, perGroup: 3 },
  "scan-commit": { handle: scanCommit, concurrency: 2, perGroup: 1 },
  "sync-organization": { handle: syncOrganization, concurrency: 3, perGroup: 1 },
  "catch-up": { handle: catchUpOrganization, concurrency: 3, perGroup: 1 },
  "validate-hooks": { handle: validateHooks, concurrency: 2, perGroup: 1 },
  "keep-gates": { handle: keepGates, concurrency: 2, perGroup: 1 },
  "check-credential": { handle: checkCredential, concurrency: 2, perGroup: 1 },
  "forget-instance": { handle: forgetInstance, concurrency: 2, perGroup: 1 },
  "apply-rule-setting": { handle: applyRuleSetting, concurrency: 2, perGroup: 1 },
  "obey-comment": { handle: obeyComment, concurrency: 2, perGroup: 2 },
  "judge-packages": { handle: judgeStored, concurrency: 1, perGroup: 1 },
  "gather-facts": { handle: gatherBranchFacts, concurrency: 1, perGroup: 1 },
  "scan-history": { handle: scanRepositoryHistory, concurrency: 1, perGroup: 1 },
  "check-secrets": { handle: checkSecrets, concurrency: 2, perGroup: 1 },
  "judge-unfinished": { handle: judgeUnfinished, concurrency: 2, perGroup: 1 },
  "apply-policies": { handle: applyPolicies, concurrency: 2, perGroup: 1 },
  "read-policies": { handle: readPolicySource, concurrency: 2, perGroup: 1 },
  "judge-posture": { handle: judgeOrganization, concurrency: 1, perGroup: 1 },
  "judge-run": { handle: judgeRunOfPipeline, concurrency: 2, perGroup: 1 },
  "score-issues": { handle: scoreIssues, concurrency: 1, perGroup: 1 },
  "sync-work-items": { handle: syncWorkItems, concurrency: 2, perGroup: 1 },
  "deliver-webhook": { handle: deliverWebhook, concurrency: 8, perGroup: 6 },
  "make-fix": { handle: makeFix, concurrency: 2, perGroup: 1 },
  maintenance: { handle: maintain, concurrency: 1, perGroup: 1 },
};

export async function startWorker(app: App): Promise<Worker> {
  work(app, "handle-event");
  work(app, "scan-repository");
  work(app, "scan-pull-request");
  work(app, "give-feedback");
  work(app, "scan-commit");
  work(app, "sync-organization");
  work(app, "catch-up");
  work(app, "validate-hooks");
  work(app, "keep-gates");
  work(app, "check-credential");
  work(app, "forget-instance");
  work(app, "apply-rule-setting");
  work(app, "obey-comment");
  work(app, "judge-packages");
  work(app, "gather-facts");
  work(app, "scan-history");
  work(app, "check-secrets");
  work(app, "judge-unfinished");
  work(app, "apply-policies");
  work(app, "read-policies");
  work(app, "judge-posture");
  work(app, "judge-run");
  work(app, "score-issues");
  work(app, "make-fix");
  work(app, "sync-work-items");
  work(app, "deliver-webhook");
  work(app, "maintenance");
  const schedule = await startSchedule(app);
  return {
    async stop() {
      schedule.stop();
      await app.refreshing.stop();
      await app.jobs.stop();
    },
  };
}

function work<Name extends QueueName>(app: App, queue: Name): void {
  const { handle, concurrency, perGroup } = handlers[queue];
  app.jobs.work<JobData[Name]>(
    queue,
    { concurrency, perGroup },
    (data, { signal }) => runJob(app, queue, data, (job) => handle(app, job, signal)),
    (tx, job, error) => giveUp(app, tx, { queue, job, error }),
  );
}

/** At once, while credentials die under it; after that the queue waits. */
const mostAttempts = 4;

/** One line per job that is over; of those that are tried again, the queue writes its own. */
async function runJob<Name extends QueueName>(
  app: App,
  queue: Name,
  data: JobData[Name],
  handle: (data: JobData[Name]) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  const facts = () => ({ queue, job: data, milliseconds: Math.round(performance.now() - started) });
  if (await skipPaused(app, queue, data)) return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await handle(data);
      app.log.info(facts(), "job done");
      return;
    } catch (error) {
      noteFullDisk(app, error);
      if (!(error instanceof RemoteError)) throw error;
      const settled = await settleRefusal(app, queue, data, { error, attempt });
      const { code, message, details } = error;
      if (settled === "again now" && attempt < mostAttempts) {
        app.log.warn({ ...facts(), code, reason: message, details }, "job begins again");
        continue;
      }
      if (settled !== "over") throw error;
      if (code !== "closed") await inTransaction(app.db, (tx) => giveUp(app, tx, { queue, job: data, error }));
      app.log.warn({ ...facts(), code, reason: message, details }, "job refused");
      return;
    }
  }
}
