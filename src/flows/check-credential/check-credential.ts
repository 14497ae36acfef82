/**
 * Looks whether a credential works and what it may do now, and tells people what changed since the last look: once a day,
 * when something was refused, and when somebody asks. A dead one that works again joins in again.
 */
import { preflight } from "#azure-devops/preflight/preflight.ts";
import type { Preflight } from "#model/preflight.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getOrganization, type OrganizationRow } from "#store/instances/organizations.ts";
import { listProjects } from "#store/instances/projects.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { type Credential, getCredential, savePreflight } from "#store/people/credentials.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import { loseCredential, regainCredential } from "../credentials/lose-credential.ts";
import { verifyCredential } from "../credentials/verify-credential.ts";
import { refreshReasons } from "../instances/instance-reasons.ts";
import { openCredential } from "../instances/open-organization.ts";
import type { JobData } from "../jobs/queues.ts";
import { comparePreflights } from "./compare-preflights.ts";

export async function checkCredential(app: App, job: JobData["check-credential"]): Promise<void> {
  const credential = await getCredential(app.db, job.credential);
  const organization = credential && (await getOrganization(app.db, credential.organizationId));
  if (!organization || (await getInstance(app.db, credential.instanceId))?.state === "disabled") return;
  const verified = await verifyCredential(app, credential, organization);
  if (verified.is === "untold") throw verified.error;
  if (verified.is === "dead") {
    await inTransaction(app.db, (tx) => loseCredential(app, tx, credential, verified));
    return;
  }
  if (credential.health !== "good") await inTransaction(app.db, (tx) => regainCredential(app, tx, credential));
  const client = await openCredential(app, credential, organization.name, "preflight");
  const projects = await projectsOf(app, organization);
  const { method } = credential;
  const found = await preflight(client, { method, now: () => app.now(), ...(projects.length > 0 && { projects }) });
  await record(app, { credential, organization, found });
}

/** Those with repositories that are known, all of them; before the first sync Azure DevOps names the first ones. */
async function projectsOf(app: App, { id, instanceId }: OrganizationRow) {
  const projects = await listProjects(app.db, instanceId);
  return projects.filter(({ organizationId, sourceControl }) => organizationId === id && sourceControl === "git");
}

async function record(
  app: App,
  about: { readonly credential: Credential; readonly organization: OrganizationRow; readonly found: Preflight },
): Promise<void> {
  const { credential, organization, found } = about;
  const { id, instanceId } = credential;
  const change = credential.preflight && comparePreflights(credential.preflight, found);
  await inTransaction(app.db, async (tx) => {
    await savePreflight(tx, id, found);
    if (change && change.gained.length + change.lost.length > 0) {
      await insertAuditEvent(tx, {
        actor: "Sallyport",
        action: "rights-changed",
        subject: `${organization.name}: ${credentialWords(credential)}`,
        instanceId,
        at: app.now(),
        data: change,
      });
    }
    await refreshReasons(app, tx, instanceId);
    await notifyLive(tx, { is: "instance-changed", instanceId });
  });
}
