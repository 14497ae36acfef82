/**
 * Looks at the settings of an organization and the code of its pipelines, and writes down what follows. Whatever happens in
 * between, nothing is written before all is there; running it twice changes nothing more.
 */
import type { App } from "../app.ts";
import type { JobData } from "../jobs/queues.ts";
import { keyOfAddress } from "../service-hooks/hook-address.ts";
import { collectFacts } from "./collect-facts.ts";
import { judgeInThread } from "./judge-in-thread.ts";
import { readStoredFacts } from "./known-facts.ts";
import { openPosture } from "./open-posture.ts";
import { readKeptSources, withKeptPreviews } from "./read-kept-sources.ts";
import { recordPosture } from "./record-posture.ts";

export async function judgeOrganization(app: App, job: JobData["judge-posture"], signal: AbortSignal): Promise<void> {
  const startedAt = app.now();
  const opened = await openPosture(app, job.organization, "now");
  if (!opened) return;
  const { client, organization, url, choice, projects, lookAt } = opened;
  const { settings, usesPortal } = choice;
  const about = { id: organization.id, name: organization.name, url };
  const before = await readStoredFacts(app.db, about, projects);
  const now = () => app.now();
  const { facts, calls } = await collectFacts(client, {
    ...{ organization: about, projects, usesPortal, lookAt, now, signal },
    isOurHook: (address) => keyOfAddress(app.publicUrl, address) !== undefined,
    ...(before && { before }),
    releaseBranches: settings.releaseBranches,
  });
  const read = await readKeptSources(app, client, facts, { instanceId: organization.instanceId, signal });
  const sources = await withKeptPreviews(app, client, facts, { sources: read, signal });
  signal.throwIfAborted();
  const ownAccountId = client.actsAs.accountId;
  const judgement = await judgeInThread({ facts, sources, settings, now: app.now(), ownAccountId }, signal);
  await recordPosture(app, { organization, url, facts, calls, startedAt, judgement });
}
