/** The inspector: one page that lists what there is and what was delivered. Everything shown is escaped. */
import { escaped } from "../escaped.ts";
import type { NotificationState, OrganizationState, SubscriptionState, World } from "../world.ts";

function table(heads: readonly string[], rows: readonly (readonly unknown[])[]): string {
  if (rows.length === 0) return "<p>None.</p>";
  const head = heads.map((one) => `<th scope="col">${escaped(one)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`).join("\n");
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/** Newest deliveries that a page shows per organization. */
const shownDeliveries = 200;

function deliveriesOf(organization: OrganizationState): readonly (readonly unknown[])[] {
  const all = organization.subscriptions.flatMap((subscription) =>
    subscription.notifications.map((notification) => ({ subscription, notification })),
  );
  const time = (one: { notification: NotificationState }) => one.notification.createdDate.getTime();
  return all
    .sort((left, right) => time(right) - time(left))
    .slice(0, shownDeliveries)
    .map(({ subscription, notification }) => [
      notification.createdDate.toISOString(),
      notification.eventType,
      `${subscription.id.slice(0, 8)} #${notification.id}`,
      notification.status,
      notification.result,
      String(notification.attempts),
      notification.errorMessage ?? "",
    ]);
}

function targetOf(subscription: SubscriptionState): string {
  const url = URL.parse(subscription.consumerInputs.url ?? "");
  // the path of a hook address is a secret of its receiver
  return url ? url.origin : "";
}

function organizationSection(world: World, organization: OrganizationState): string {
  const projectName = (id: string) => organization.projects.get(id)?.name ?? id;
  const repositories = [...organization.repositories.values()];
  const members = [...world.users.values()].flatMap((user) =>
    organization.memberships
      .filter((one) => one.userId === user.id)
      .map((one) => [user.displayName, user.mail, one.group, one.projectId ? projectName(one.projectId) : ""]),
  );
  return `<section><h2>${escaped(organization.name)}${organization.stopped ? " (stopped)" : ""}</h2>
<h3>People</h3>${table(["Name", "Mail", "Group", "Project"], members)}
<h3>Repositories</h3>${table(
    ["Project", "Name", "Default branch", "Pushes", "State", "Id"],
    repositories.map((one) => [
      projectName(one.projectId),
      one.name,
      one.defaultBranch ?? "",
      String(one.pushes.length),
      one.isDisabled ? "disabled" : one.isFork ? "fork" : "",
      one.id,
    ]),
  )}
<h3>Pull requests</h3>${table(
    ["Id", "Repository", "Title", "Status", "Merge", "Iterations", "Threads", "Statuses"],
    organization.pullRequests.map((one) => [
      String(one.id),
      organization.repositories.get(one.repositoryId)?.name ?? one.repositoryId,
      one.title,
      one.isDraft ? `${one.status} (draft)` : one.status,
      one.mergeStatus ?? "",
      String(one.iterations.length),
      String(one.threads.length),
      String(one.statuses.length),
    ]),
  )}
<h3>Subscriptions</h3>${table(
    ["Id", "Event", "Project", "Target", "Status", "Notifications"],
    organization.subscriptions.map((one) => [
      one.id,
      one.eventType,
      one.publisherInputs.projectId ? projectName(one.publisherInputs.projectId) : "all",
      targetOf(one),
      one.status,
      String(one.notifications.length),
    ]),
  )}
<h3>Deliveries</h3>${table(["Time", "Event", "Subscription", "Status", "Result", "Attempts", "Error"], deliveriesOf(organization))}
</section>`;
}

function tenantsSection(world: World): string {
  const tenants = [...world.entra.tenants.values()];
  if (tenants.length === 0) return "";
  const accounts = tenants.flatMap((tenant) =>
    [...tenant.accounts].map(([id, account]) => [
      tenant.name,
      world.users.get(id)?.mail ?? id,
      account.kind,
      account.disabled ? "disabled" : "",
    ]),
  );
  return `<section><h2>Microsoft Entra ID</h2>
<h3>Tenants</h3>${table(
    ["Name", "Domains", "Id", "On demand"],
    tenants.map((tenant) => [tenant.name, tenant.domains.join(", "), tenant.id, tenant.behaviour]),
  )}
<h3>Accounts</h3>${table(["Tenant", "Mail", "Kind", "State"], accounts)}
<h3>Apps</h3>${table(
    ["Name", "Client id", "Redirect addresses", "Permissions"],
    [...world.entra.apps.values()].map((app) => [
      app.displayName,
      app.clientId,
      app.redirectUris.join(", "),
      app.permissions.join(", "),
    ]),
  )}</section>`;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:90rem}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{text-align:left;padding:.25rem .75rem;border-bottom:1px solid #8884}
:root{color-scheme:light dark}`;

export function inspectorPage(world: World): string {
  const organizations = [...world.organizations.values()];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Azure DevOps emulator</title><style>${style}</style></head>
<body><h1>Azure DevOps emulator</h1><p>${escaped(world.baseUrl)}, time ${escaped(world.clock.now().toISOString())}</p>
<h3>Faults</h3>${table(
    ["Fault", "Matches", "Times left"],
    world.faults.map((fault) => [
      fault.is,
      fault.matches ?? "everything",
      fault.times === undefined ? "always" : String(fault.times),
    ]),
  )}
${tenantsSection(world)}
${organizations.map((organization) => organizationSection(world, organization)).join("\n") || "<p>No organizations.</p>"}
</body></html>`;
}
