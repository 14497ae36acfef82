/** The operator's Entra app, opened. Without it nobody can sign in with Microsoft Entra ID, and no sign-in can be renewed. */
import type { EntraApp } from "#azure-devops/entra/entra-app.ts";
import type { Db } from "#store/database.ts";
import { entraAppRowId, getEntraApp } from "#store/people/entra-app.ts";
import { open } from "#store/sealing.ts";
import type { App } from "../app.ts";

export interface OpenedEntraApp extends EntraApp {
  /** The directory of its service principal, where one is used. */
  readonly tenant?: string;
}

export async function openEntraApp({ keys }: Pick<App, "keys">, db: Db): Promise<OpenedEntraApp | undefined> {
  const row = await getEntraApp(db);
  if (!row) return undefined;
  const proof = open(keys, row.sealedProof, entraAppRowId);
  const tenant = row.tenant === undefined ? {} : { tenant: row.tenant };
  if (row.proof === "secret") return { clientId: row.clientId, proof: { is: "secret", value: proof }, ...tenant };
  const certificate = row.certificate ?? "";
  return { clientId: row.clientId, proof: { is: "certificate", privateKey: proof, certificate }, ...tenant };
}
