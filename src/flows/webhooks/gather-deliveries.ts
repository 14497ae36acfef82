/**
 * Writes down what a webhook is to be told since it was last looked, each thing once. News are read from where they are
 * kept, so that nothing that happens has to know of webhooks.
 */
import type { IssueId, RepositoryId } from "#model/ids.ts";
import type { Webhook, WebhookEvent } from "#model/webhook.ts";
import type { Db, IssueEventKind } from "#store/database.ts";
import { getRepositoryOverview } from "#store/instances/repositories.ts";
import { issuesById } from "#store/issues/issues.ts";
import type { Page } from "#store/page.ts";
import { insertDeliveries, type NewDelivery } from "#store/webhooks/webhook-deliveries.ts";
import { fixNews, gateNews, issueNews, type Period, verdictNews } from "#store/webhooks/webhook-news.ts";
import { markLookedUntil } from "#store/webhooks/webhooks.ts";
import type { App } from "../app.ts";

/** What was written in a transaction that ended after we looked bears an earlier time. */
const overlapMilliseconds = 5 * 60_000;

export function newsSince({ lookedUntil, createdAt }: Pick<Webhook, "lookedUntil" | "createdAt">): Date {
  return new Date(Math.max(lookedUntil.getTime() - overlapMilliseconds, createdAt.getTime()));
}

/** Of one kind at once. */
const mostNews = 2_000;
/** Issues that one delivery lists. */
export const listedIssues = 100;

const kindsOf: Readonly<Partial<Record<WebhookEvent, readonly IssueEventKind[]>>> = {
  "issue-opened": ["opened"],
  "issue-fixed": ["fixed"],
  "issue-reopened": ["reopened", "dismissal-ended", "skip-removed", "rule-on"],
  "issue-dismissed": ["dismissed", "silenced", "rule-off"],
};

type Teller = Pick<App, "db" | "now" | "publicUrl">;

/** What was found of one kind; there may be more if it is not the last portion. */
interface Portion {
  readonly deliveries: readonly NewDelivery[];
  readonly isLast: boolean;
}

const nothing: Portion = { deliveries: [], isLast: true };

export async function gatherDeliveries(app: Teller, webhook: Webhook): Promise<void> {
  const now = app.now();
  const period = { instanceId: webhook.instanceId, since: newsSince(webhook), until: now };
  for (let offset = 0; ; offset += mostNews) {
    const page = { offset, limit: mostNews };
    const portions = [
      await ofIssues(app, webhook, period, page),
      webhook.events.includes("verdict") ? await ofVerdicts(app, period, page) : nothing,
      await ofFixes(app, webhook, period, page),
      webhook.events.includes("gate-not-effective") ? await ofGates(app, period, page) : nothing,
    ];
    const found = portions.flatMap(({ deliveries }) => deliveries);
    await insertDeliveries(app.db, webhook, found.sort(byTime), now);
    if (portions.every(({ isLast }) => isLast)) break;
  }
  await markLookedUntil(app.db, webhook.id, now);
}

function byTime(a: NewDelivery, b: NewDelivery): number {
  return a.at.getTime() - b.at.getTime();
}

async function ofIssues(app: Teller, { events }: Webhook, period: Period, page: Page): Promise<Portion> {
  const wanted = events.flatMap((event) => (kindsOf[event] ?? []).map((kind) => [kind, event] as const));
  if (wanted.length === 0) return nothing;
  const eventOf = new Map(wanted);
  const news = await issueNews(app.db, period, { kinds: [...eventOf.keys()], listed: listedIssues, ...page });
  const deliveries: NewDelivery[] = [];
  for (const { kind, at, scanId, actor, repositoryId, issues, total } of news) {
    const event = eventOf.get(kind);
    if (!event) continue;
    const content = {
      repository: await repositoryOf(app.db, repositoryId),
      by: actor,
      total,
      issues: await issueRows(app, issues),
    };
    const key = ["issues", kind, repositoryId, at.toISOString(), scanId ?? "", actor ?? ""].join(" ");
    deliveries.push({ event, key, content, at });
  }
  return { deliveries, isLast: news.length < mostNews };
}

async function ofVerdicts(app: Teller, period: Period, page: Page): Promise<Portion> {
  const deliveries: NewDelivery[] = [];
  const news = await verdictNews(app.db, period, page);
  for (const verdict of news) {
    const { id, at, outcome, decidedBy, commit, number, title, author, webUrl, repositoryId } = verdict;
    const pullRequest = { number, title, author, webUrl };
    const repository = await repositoryOf(app.db, repositoryId);
    const content = { repository, pullRequest, verdict: { id, outcome, decidedBy, commit } };
    deliveries.push({ event: "verdict", key: `verdict ${id}`, content, at });
  }
  return { deliveries, isLast: news.length < mostNews };
}

async function ofFixes(app: Teller, { events }: Webhook, period: Period, page: Page): Promise<Portion> {
  if (!events.includes("fix-opened") && !events.includes("fix-merged")) return nothing;
  const deliveries: NewDelivery[] = [];
  const news = await fixNews(app.db, period, page);
  for (const { id, state, at, title, pullRequest, pullRequestUrl, repositoryId, problems } of news) {
    const event = state === "open" ? "fix-opened" : "fix-merged";
    if (!events.includes(event)) continue;
    const fix = { id, title, problems, pullRequest, webUrl: pullRequestUrl };
    const content = { repository: await repositoryOf(app.db, repositoryId), fix };
    deliveries.push({ event, key: `${event} ${id}`, content, at });
  }
  return { deliveries, isLast: news.length < mostNews };
}

/** Once a day as long as it is so. */
async function ofGates(app: Teller, period: Period, page: Page): Promise<Portion> {
  const deliveries: NewDelivery[] = [];
  const news = await gateNews(app.db, period, page);
  for (const { repositoryId, ref, at, flaws } of news) {
    const content = { repository: await repositoryOf(app.db, repositoryId), branch: ref, flaws };
    const key = `gate ${repositoryId} ${ref} ${at.toISOString().slice(0, 10)}`;
    deliveries.push({ event: "gate-not-effective", key, content, at });
  }
  return { deliveries, isLast: news.length < mostNews };
}

export async function repositoryOf(db: Db, id: RepositoryId) {
  const row = await getRepositoryOverview(db, { is: "everything" }, id);
  return { id, name: row?.name, project: row?.projectName, organization: row?.organizationName };
}

export async function issueRows(app: Pick<Teller, "db" | "publicUrl">, ids: readonly IssueId[]) {
  return (await issuesById(app.db, ids)).map(
    ({ id, rule, severity, urgency, message, path, line, branch, state, finding }) => ({
      ...{ id, rule, severity, urgency, message, path, line, branch, state: state.is },
      fingerprint: finding.fingerprint,
      url: `${app.publicUrl}/issues/${id}`,
    }),
  );
}
