/**
 * Reasons that can be read from our own tables at any time: credentials that work no longer or not for long, what the one
 * in use may not do, and the end of the secret of the Entra app.
 */
import assert from "node:assert/strict";
import { signInProblem } from "#azure-devops/entra/sign-in-problem.ts";
import type { StateReason } from "#model/instance.ts";
import type { CheckedFeature } from "#model/preflight.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { FeatureName } from "#model/scopes.ts";
import type { Db } from "#store/database.ts";
import type { InstanceRow } from "#store/instances/instances.ts";
import type { OrganizationRow } from "#store/instances/organizations.ts";
import { type Credential, listCredentials } from "#store/people/credentials.ts";
import { getEntraApp } from "#store/people/entra-app.ts";
import { getSignIn } from "#store/people/sign-ins.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import { gateReasonCode, gateReasons } from "../gates/gate-reasons.ts";

type Reason = Omit<StateReason, "since">;

const codesOfDeath = { refused: "signed-out", "sign-in-again": "sign-in-again", removed: "removed" } as const;

const codes: readonly string[] = [
  ...Object.values(codesOfDeath),
  "no-credential",
  "credential-taken-over",
  "token-expires",
  "all-organizations-token",
  "entra-secret-expires",
  gateReasonCode,
];

const lacks = "lacks-";

/** True of the codes that are said here, and nowhere else. */
export function isReadFromTables(code: string): boolean {
  return codes.includes(code) || code.startsWith(lacks);
}

export async function readReasons(
  app: Pick<App, "now">,
  db: Db,
  instance: InstanceRow,
  organizations: readonly OrganizationRow[],
): Promise<readonly StateReason[]> {
  const now = app.now();
  const credentials = await listCredentials(db, instance.id);
  const reasons: Reason[] = [...(await appReasons(db, credentials, now)), ...(await gateReasons(db, instance.id))];
  for (const { id, name } of organizations) {
    const own = credentials.filter(({ organizationId }) => organizationId === id);
    const [best, next] = own.filter(({ health }) => health === "good");
    const dead = own.filter(({ health }) => health !== "good");
    if (!best) reasons.push(await lockedOut(db, name, dead));
    else {
      // Of the same account it was renewed: nobody took over.
      const replaced = dead.filter((one) => one.method !== best.method || one.accountId !== best.accountId);
      reasons.push(...replaced.map((one) => takenOver(name, one, best)));
      reasons.push(...endReasons(name, best, next, now), ...lackReasons(name, best, instance));
    }
  }
  return reasons.map((one) => ({ ...one, since: now.toISOString() }));
}

async function lockedOut(db: Db, organization: string, dead: readonly Credential[]): Promise<Reason> {
  const affects = "Nothing of this organization is scanned, and nothing is told on its pull requests.";
  const said = { level: "error", organization, affects, action: "renew-sign-in" } as const;
  // Those of last resort come last; the first is the one that was in use.
  const [first, ...others] = dead;
  if (!first || first.health === "good") {
    const remedy = "Connect the organization again under Sign-in and rights.";
    return { ...said, code: "no-credential", cause: "There is no credential for this organization.", remedy };
  }
  const more =
    others.length > 0
      ? ` ${others.length === 1 ? "The other credential does" : `The other ${others.length} credentials do`} not work either.`
      : "";
  const cause = `${deathWords(first)}${more}`;
  return { ...said, code: codesOfDeath[first.health], cause, remedy: await remedyFor(db, first) };
}

/** What happened to it, in a sentence. */
function deathWords(credential: Credential): string {
  const words = credentialWords(credential);
  const why = credential.healthReason === undefined ? "" : ` ${credential.healthReason}`;
  switch (credential.health) {
    case "refused":
      return `Azure DevOps no longer accepts ${words}: it expired or was revoked, or the account was removed.`;
    case "sign-in-again":
      return `Microsoft Entra ID does not renew ${words}.${why}`;
    case "removed":
    case "good":
      return `Azure DevOps does not let ${words} in: the account is no longer a member of the organization, or a policy keeps it out.`;
  }
}

async function remedyFor(db: Db, credential: Credential): Promise<string> {
  if (credential.health === "removed") {
    return "An administrator of the organization adds the account again, or somebody else gives a credential under Sign-in and rights.";
  }
  if (credential.method === "pat") return "Give a new token under Sign-in and rights.";
  const trouble = credential.signInId && (await getSignIn(db, credential.signInId))?.problem;
  if (!trouble)
    return `${credential.accountName} signs in again, or somebody else gives a credential under Sign-in and rights.`;
  return signInProblem(new RemoteError("sign-in-again", trouble.message, { details: { problem: trouble.code } }))
    .whatToDo;
}

function takenOver(organization: string, dead: Credential, best: Credential): Reason {
  const does = best.createdAt > dead.createdAt ? "has taken over" : "is in use as before";
  return {
    code: "credential-taken-over",
    level: "notice",
    organization,
    cause: `${deathWords(dead)} In its place ${credentialWords(best)} ${does}.`,
    affects: "Everything goes on under the other account, with the rights that it has.",
    remedy: "Renew the credential that does not work any more, or remove it from the instance.",
    action: "renew-sign-in",
  };
}

const day = 24 * 60 * 60_000;
const endOfAllOrganizationsTokens = new Date("2026-12-01T00:00:00Z");

function endReasons(
  organization: string,
  best: Credential,
  next: Credential | undefined,
  now: Date,
): readonly Reason[] {
  const reasons: Reason[] = [];
  // With another one at hand nothing will stop.
  const level = next ? "notice" : "warning";
  const words = credentialWords(best);
  const affects = next
    ? `${sentenceStart(credentialWords(next))} takes over then.`
    : "Then nothing of this organization is scanned any more.";
  if (best.expires && isNear(best.expires, now)) {
    const cause = `${sentenceStart(words)} ${whenWords(best.expires, now)}.`;
    const remedy = "Give a new token under Sign-in and rights; the old one stays until the new one works.";
    reasons.push({ code: "token-expires", level, organization, cause, affects, remedy, action: "renew-sign-in" });
  }
  if (best.allOrganizations) {
    const cause = `${sentenceStart(words)} is for all accessible organizations. Microsoft retires such tokens on 2026-12-01.`;
    const remedy =
      "Make a token for this organization alone, or sign in with Microsoft Entra ID, and give it under Sign-in and rights.";
    reasons.push({
      code: "all-organizations-token",
      level: isNear(endOfAllOrganizationsTokens, now) ? level : "notice",
      organization,
      cause,
      affects,
      remedy,
      action: "renew-sign-in",
    });
  }
  return reasons;
}

function isNear(end: Date, now: Date): boolean {
  return end.getTime() - now.getTime() <= 14 * day;
}

/** Whole days, as the page counts them beside it. */
function whenWords(end: Date, now: Date): string {
  const left = end.getTime() - now.getTime();
  if (left <= 0) return "should have expired by now";
  const days = Math.floor(left / day);
  if (days === 0) return "expires within a day";
  return `${left <= 3 * day ? "expires very soon, in" : "expires in"} ${days === 1 ? "1 day" : `${days} days`}`;
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a feature is called where it is missed. Hooks are not here: a sync says exactly which it cannot make. */
const lossOf: Readonly<Partial<Record<FeatureName, string>>> = {
  scan: "Repositories cannot be listed or read.",
  comment: "Findings are not written on pull requests.",
  status: "Pull requests get no status; a branch policy that requires it keeps them from being completed.",
  fix: "No branches and pull requests with repairs can be made.",
  "work-items": "No work items can be opened for issues.",
  builds: "Completed builds are not recorded.",
};

function lackReasons(
  organization: string,
  { preflight, ...best }: Credential,
  { features }: InstanceRow,
): readonly Reason[] {
  const isOn = ({ feature }: CheckedFeature): boolean =>
    feature === "work-items" ? features.workItems : feature in features ? features[feature as "comment"] : true;
  const lost = (preflight?.features ?? []).filter(
    (one) => one.feature in lossOf && one.missing.length > 0 && isOn(one),
  );
  const told = lost.filter(({ works }) => works === "no" || works === "in-part");
  const alike = Map.groupBy(told, ({ works, reason, missing }) => JSON.stringify([works, reason, missing]));
  return [...alike.values()].map((features) => lackReason(organization, best, features));
}

/** Several features often wait for one scope: that is said once. */
function lackReason(
  organization: string,
  best: Omit<Credential, "preflight">,
  features: readonly CheckedFeature[],
): Reason {
  const [first] = features;
  assert(first);
  const isWhole = first.works === "no";
  const stopsScans = features.some(({ feature }) => feature === "scan");
  const canSwitch = features.every(({ feature }) => ["comment", "status", "fix", "work-items"].includes(feature));
  const losses = features.map(({ feature }) => lossOf[feature]).join(" ");
  const off = features.length === 1 ? "the feature" : "these features";
  return {
    code: `${lacks}${first.feature}`,
    level: !isWhole ? "notice" : stopsScans ? "error" : "warning",
    organization,
    cause: `${sentenceStart(credentialWords(best))} may not do everything. ${first.reason}`,
    affects: isWhole ? losses : `In part: ${losses}`,
    remedy: `Give the account or its token what is missing: ${first.missing.join(", ")}.${canSwitch ? ` Or switch ${off} off under Settings.` : ""}`,
    action: "renew-sign-in",
  };
}

/** The secret or certificate of the Entra app: nobody who signed in with it can be renewed without it. */
async function appReasons(db: Db, credentials: readonly Credential[], now: Date): Promise<readonly Reason[]> {
  const isUsed = credentials.some(({ method }) => method === "entra" || method === "service-principal");
  const proofExpires = isUsed ? (await getEntraApp(db))?.proofExpires : undefined;
  if (!proofExpires || !isNear(proofExpires, now)) return [];
  return [
    {
      code: "entra-secret-expires",
      level: "warning",
      cause: `The secret or certificate of the Entra app ${whenWords(proofExpires, now)}.`,
      affects: "Then no sign-in can be renewed, and every connection with Microsoft Entra ID stops.",
      remedy:
        "The administrator of the app registration opens Certificates & secrets, makes a new one, and enters it in Settings.",
    },
  ];
}
