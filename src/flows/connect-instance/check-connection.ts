/** First step of the wizard: says for each organization who Sallyport would be, what it may do, or what stands in the way. */
import { tenantOfOrganization } from "#azure-devops/entra/resolve-tenant.ts";
import type { InstanceId, OrganizationId, UserId } from "#model/ids.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import type { App } from "../app.ts";
import { inLanes } from "../in-lanes.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { askedBy } from "./asked-by.ts";
import { type CredentialCheck, checkOrganization } from "./check-organization.ts";
import { type DraftCredential, type DraftOrganization, draftExpiry, saveDraft } from "./connection-draft.ts";
import { type Offer, type Offered, type OfferedSignIn, offerCredentials } from "./offer-credentials.ts";
import { distinctNames } from "./organization-name.ts";
import { tokenPage } from "./remote-problem.ts";

/** What connecting needs of the app. */
export type Connector = Pick<App, "db" | "keys" | "jobs" | "entra" | "remote" | "log" | "now">;

export type ConnectionRequest = OfferedSignIn & {
  readonly by: UserId;
  /** Names or addresses. */
  readonly organizations: readonly string[];
};

export interface ConnectionCheck {
  /** Names the draft in the next steps; absent if no organization accepts what was offered. */
  readonly draft?: string;
  /** Until when the draft is kept. */
  readonly expires: Date;
  readonly warnings: readonly string[];
  readonly organizations: readonly CheckedOrganization[];
}

export interface CheckedOrganization {
  /** As Azure DevOps writes it; as the person wrote it if there was no answer. */
  readonly name: string;
  readonly id?: OrganizationId;
  readonly tenant?: string;
  /** The instance that has this organization already. */
  readonly connectedTo?: { readonly id: InstanceId; readonly name: string };
  readonly problem?: string;
  /** Those that are accepted, best first. */
  readonly credentials: readonly DraftCredential[];
}

/** At most so many organizations, however many a token lists. */
const mostOrganizations = 100;
const lanes = 6;

export async function checkConnection(app: Connector, request: ConnectionRequest): Promise<ConnectionCheck> {
  const offer = await offerCredentials(app, request.by, request);
  const named = distinctNames(request.organizations, app.remote.addresses["dev.azure.com"]);
  const names = (named.length > 0 ? named : distinctNames(offer.listed, "")).slice(0, mostOrganizations);
  const pairs = names.flatMap((name) => offer.credentials.map((offered) => ({ name, offered })));
  const [tenants, checks] = await Promise.all([
    inLanes(names, lanes, (name) => tenantOf(app, name)),
    inLanes(pairs, lanes, async ({ name, offered }) => ({
      name,
      offered,
      check: await checkOrganization(app, name, offered),
    })),
  ]);
  // A token of a server is good for all its collections, and nobody retires those.
  const all = app.remote.addresses.edition === "server" ? new Set<Offered>() : acceptedEverywhere(checks);
  const organizations = await inLanes(names, lanes, async (name) => {
    const own = checks.filter((check) => check.name === name);
    return combine(app, { name, tenant: tenants[names.indexOf(name)], checks: own, offer, all });
  });
  const warnings = warningsOf({ offer, names, checks, all });
  const expires = draftExpiry(app);
  const usable = organizations.flatMap(usableIn);
  if (usable.length === 0) return { expires, warnings, organizations };
  const tokens = request.method === "pat" ? request.tokens.map(({ value }) => value) : [];
  const draft = await saveDraft(app, { tokens, summary: { organizations: usable }, expires });
  return { draft, expires, warnings, organizations };
}

interface Checked {
  readonly name: string;
  readonly offered: Offered;
  readonly check: CredentialCheck;
}

/** Not knowing the directory stops nothing. */
async function tenantOf(app: Connector, name: string): Promise<string | undefined> {
  if (app.remote.addresses.edition === "server") return undefined;
  const answer = await remoteAnswer(() => tenantOfOrganization(askedBy(app), name));
  if (answer.is === "no") return undefined;
  return answer.value === "personal" ? noDirectory : answer.value;
}

export const noDirectory = "00000000-0000-0000-0000-000000000000";

/** A token that more than one organization accepts is one of all organizations, even if it may not list them. */
function acceptedEverywhere(checks: readonly Checked[]): ReadonlySet<Offered> {
  const times = new Map<Offered, number>();
  for (const { offered, check } of checks) {
    if (check.is === "accepted") times.set(offered, (times.get(offered) ?? 0) + 1);
  }
  const offered = [...new Set(checks.map((check) => check.offered))];
  return new Set(
    offered.filter((one) => one.kept.is === "token" && (one.kept.allOrganizations || (times.get(one) ?? 0) > 1)),
  );
}

interface CombinedFrom {
  readonly name: string;
  readonly tenant: string | undefined;
  readonly checks: readonly Checked[];
  readonly offer: Offer;
  readonly all: ReadonlySet<Offered>;
}

async function combine(app: Connector, about: CombinedFrom): Promise<CheckedOrganization> {
  const { name, tenant, checks, all } = about;
  const accepted = checks
    .flatMap(({ offered, check }) => (check.is === "accepted" ? [{ offered, check }] : []))
    .sort((one, other) => Number(one.check.problem !== undefined) - Number(other.check.problem !== undefined));
  const found = { name, ...(tenant !== undefined && { tenant }) };
  const [best] = accepted;
  if (!best) return { ...found, problem: refusalOf(about, app.remote.addresses), credentials: [] };
  const id = best.check.organization;
  const credentials = accepted.map(({ offered, check }) => draftCredential(offered, check, all.has(offered)));
  const owner = await getOrganization(app.db, id);
  if (!owner) return { ...found, id, credentials, ...(best.check.problem && { problem: best.check.problem }) };
  const connectedTo = {
    id: owner.instanceId,
    name: (await getInstance(app.db, owner.instanceId))?.name ?? "another instance",
  };
  const problem = `${name} is connected already, by the instance "${connectedTo.name}". Edit that instance, or leave this organization out.`;
  return { ...found, id, connectedTo, problem, credentials };
}

function refusalOf(
  { name, tenant, checks, offer }: Pick<CombinedFrom, "name" | "tenant" | "checks" | "offer">,
  addresses: Connector["remote"]["addresses"],
): string {
  const [first] = checks;
  if (!first) return offer.problems.join(" ");
  const { kept } = first.offered;
  const isElsewhere = kept.is === "sign-in" && kept.tenant !== "" && tenant !== undefined && kept.tenant !== tenant;
  if (isElsewhere && tenant === noDirectory) {
    return `${name} has no directory: it is one of personal Microsoft accounts. Connect it with a personal access token.`;
  }
  if (isElsewhere) {
    return `${name} belongs to another directory than this sign-in. Sign in once more with the name ${name}: that leads to the right one.`;
  }
  if (checks.length > 1) {
    return `Azure DevOps accepts none of these tokens for ${name}: they are expired, revoked, mistyped or made for other organizations. Make a new one at ${tokenPage(addresses, name)}.`;
  }
  return first.check.is === "problem" ? first.check.problem : "";
}

function draftCredential(
  { method, kept }: Offered,
  { accountId, accountName, preflight }: CredentialCheck & { readonly is: "accepted" },
  allOrganizations: boolean,
): DraftCredential {
  const about = { accountId, accountName, preflight };
  if (kept.is === "token") {
    const { index: token, expires } = kept;
    return { ...about, method: "pat", token, allOrganizations, ...(expires && { expires }) };
  }
  return { ...about, method: method === "pat" ? "entra" : method, signIn: kept.id };
}

/** What can be saved; an organization that is connected can get more credentials. */
function usableIn({
  id,
  name,
  tenant,
  connectedTo,
  credentials,
  problem,
}: CheckedOrganization): readonly DraftOrganization[] {
  const good = credentials.filter(({ preflight }) => scans(preflight));
  if (id === undefined || good.length === 0 || (problem !== undefined && !connectedTo)) return [];
  return [
    {
      id,
      name,
      credentials: good,
      ...(tenant !== undefined && { tenant }),
      ...(connectedTo && { connectedTo: connectedTo.id }),
    },
  ];
}

function scans({ features }: DraftCredential["preflight"]): boolean {
  return features.find(({ feature }) => feature === "scan")?.works !== "no";
}

function warningsOf(about: {
  readonly offer: Offer;
  readonly names: readonly string[];
  readonly checks: readonly Checked[];
  readonly all: ReadonlySet<Offered>;
}): readonly string[] {
  const { offer, names, checks, all } = about;
  const warnings = names.length === 0 || checks.length > 0 ? [...offer.problems] : [];
  if (names.length === 0 && offer.credentials.length > 0) {
    warnings.push("Name the organization: a token of one organization cannot say which one it is.");
  }
  if (all.size > 0) {
    warnings.push(
      "This token is one of all accessible organizations. Microsoft retires these on 2026-12-01: it stops working then. Make one token for each organization, or sign in with Microsoft Entra ID.",
    );
  }
  const isUseless = ({ credential }: Offered) =>
    !checks.some(({ offered, check }) => offered.credential === credential && check.is === "accepted");
  if (offer.credentials.length > 1) {
    for (const offered of offer.credentials.filter(isUseless)) {
      if (offered.kept.is === "token")
        warnings.push(`Token ${offered.kept.index + 1} is accepted by none of these organizations.`);
    }
  }
  return warnings;
}
