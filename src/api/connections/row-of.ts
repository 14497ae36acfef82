/** Checked connections as the wire carries them. */
import {
  type CheckedOrganization as Checked,
  type ConnectionCheck,
  noDirectory,
} from "#flows/connect-instance/check-connection.ts";
import type { DraftCredential } from "#flows/connect-instance/connection-draft.ts";
import { preflightOf } from "../shapes/preflight-of.ts";
import { toTime } from "../shapes/time.ts";
import type { CheckedOrganization, Connection } from "./contract.ts";

export function connectionOf({ draft, expires, warnings, organizations }: ConnectionCheck): Connection {
  return {
    draft: draft ?? null,
    expires: toTime(expires),
    warnings: [...warnings],
    organizations: organizations.map(organizationOf),
  };
}

function organizationOf({ name, id, tenant, connectedTo, problem, credentials }: Checked): CheckedOrganization {
  return {
    name,
    id: id ?? null,
    account: credentials[0]?.accountName ?? null,
    tenant: tenant === undefined || tenant === noDirectory ? null : tenant,
    connectedTo: connectedTo?.name ?? null,
    problem: problem ?? null,
    credentials: credentials.map(credentialOf),
  };
}

function credentialOf(credential: DraftCredential): CheckedOrganization["credentials"][number] {
  const { method, accountName: account, preflight } = credential;
  return {
    method,
    account,
    expires: credential.method === "pat" ? toTime(credential.expires) : null,
    allOrganizations: credential.method === "pat" && credential.allOrganizations,
    preflight: preflightOf(preflight),
  };
}
