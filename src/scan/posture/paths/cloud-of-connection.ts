/** The account that a service connection signs in to, as one thing for all connections to it, and how bad it is to lose it. */
import type { PathNode } from "#model/posture/attack-path.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import type { ConnectionFact } from "#model/posture/resource-facts.ts";
import { isProduction } from "../facts/production.ts";
import type { PostureSettings } from "../posture-settings.ts";
import type { Target } from "./guarded-graph.ts";

export interface Cloud {
  readonly target: Target;
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

type Level = "management-group" | "subscription" | "resource-group" | "account";

interface Account {
  readonly level: Level;
  readonly id: string;
  readonly name: string;
}

export function cloudOf(
  connection: ConnectionFact,
  { productionWords }: Pick<PostureSettings, "productionWords">,
): Cloud {
  const { type, name, data, parameters, pageUrl, scheme } = connection;
  const account = accountOf(connection);
  const role = data.roleName ?? data.role ?? parameters.role;
  const names = [
    name,
    account.name,
    data.subscriptionName,
    data.environment,
    data.managementGroupName,
    parameters.scope,
  ];
  // Names are told apart by a word that says nothing, since a word before another may turn its meaning.
  const isLive = isProduction(names.filter((one) => one !== undefined).join(" / and / "), productionWords);
  const node: PathNode = { kind: "cloud", id: `${type.toLowerCase()}/${account.id}`, name: account.name };
  const as = role === undefined ? "with whatever roles its identity has there" : `as ${role}`;
  return {
    target: { node, severity: severityOf(account.level, isLive, role) },
    says: `${name} signs in to ${account.name} ${as}`,
    evidence: [
      { what: `connection ${name}: ${saysLevel(account, connection)}`, url: pageUrl },
      ...(scheme === "" ? [] : [{ what: `connection ${name}: scheme = ${scheme}`, url: pageUrl }]),
    ],
  };
}

/** A role that may only look lowers it. */
function severityOf(level: Level, isLive: boolean, role: string | undefined): Target["severity"] {
  const mayOnlyLook = role !== undefined && /^(?:reader|viewer|readonly|monitoring reader)$/i.test(role.trim());
  if (mayOnlyLook) return isLive ? "medium" : "low";
  if (level === "management-group" || isLive) return "critical";
  return level === "resource-group" ? "medium" : "high";
}

function accountOf({ id, name, url, type, data, parameters }: ConnectionFact): Account {
  const scope = parameters.scope ?? data.scope;
  const group = scope === undefined ? undefined : /\/resourceGroups\/([^/]+)/i.exec(scope)?.[1];
  const subscription = data.subscriptionId ?? data.subscriptionID;
  if (data.managementGroupId !== undefined && /management/i.test(data.scopeLevel ?? "ManagementGroup")) {
    const shown = data.managementGroupName ?? data.managementGroupId;
    return { level: "management-group", id: data.managementGroupId, name: `management group ${shown}` };
  }
  if (subscription !== undefined) {
    const shown = data.subscriptionName ?? subscription;
    if (group === undefined) return { level: "subscription", id: subscription, name: `subscription ${shown}` };
    return { level: "resource-group", id: `${subscription}/${group}`, name: `resource group ${group} of ${shown}` };
  }
  const account = parameters.rolearn ?? parameters.roleToAssume ?? data.roleArn ?? data.projectId ?? data.accountId;
  if (account !== undefined) return { level: "account", id: account, name: account };
  const host = hostOf(url);
  // Different sign-ins at the same public address are different accounts.
  return {
    level: "account",
    id: `${host ?? ""}/${id}`,
    name: `${cloudNames[type.toLowerCase()] ?? type} behind ${name}`,
  };
}

const cloudNames: Readonly<Record<string, string>> = {
  azurerm: "the Azure account",
  azure: "the Azure account",
  aws: "the AWS account",
  kubernetes: "the cluster",
  gcp: "the Google Cloud project",
};

function saysLevel({ level, id }: Account, { data, parameters }: ConnectionFact): string {
  if (level === "resource-group") return `scope = ${parameters.scope ?? data.scope ?? id}`;
  if (data.scopeLevel !== undefined) return `scopeLevel = ${data.scopeLevel}, ${id}`;
  return `it signs in to ${id}`;
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}
