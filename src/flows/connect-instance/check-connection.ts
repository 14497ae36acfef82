/** First step of the wizard: says for each organization whose the token is, what it may do, or what stands in the way. */
import type { SecretValue } from "#model/secret-value.ts";
import { insertDraft } from "#store/connection-drafts.ts";
import { newId } from "#store/new-id.ts";
import { seal } from "#store/sealing.ts";
import type { App } from "../app.ts";
import { accountText } from "./account-text.ts";
import { checkOrganization, type OrganizationCheck } from "./check-organization.ts";
import { type DraftSummary, draftMilliseconds } from "./connection-draft.ts";

/** What connecting needs of the app. */
export type Connector = Pick<App, "db" | "keys" | "remote" | "now">;

export interface ConnectionRequest {
  readonly organizations: readonly string[];
  readonly token: SecretValue;
  readonly expires?: Date;
}

export interface ConnectionCheck {
  /** Names the draft in the next steps; absent if no organization accepts the token. */
  readonly draft?: string;
  /** Until when the draft is kept. */
  readonly expires: Date;
  readonly organizations: readonly OrganizationCheck[];
}

export async function checkConnection(app: Connector, request: ConnectionRequest): Promise<ConnectionCheck> {
  const organizations: OrganizationCheck[] = [];
  for (const name of distinctNames(request.organizations)) {
    organizations.push(await checkOrganization(app, name, request.token));
  }
  const usable = organizations.flatMap(({ id, name, account, connectedTo, problem }) => {
    const isConnected = connectedTo !== undefined;
    if (!id || !account || (problem && !isConnected)) return [];
    return [{ id, name, accountId: account.id, accountName: accountText(account), isConnected }];
  });
  const expires = new Date(app.now().getTime() + draftMilliseconds);
  if (usable.length === 0) return { expires, organizations };
  const id = newId();
  const summary: DraftSummary = {
    organizations: usable,
    ...(request.expires && { tokenExpires: request.expires.toISOString() }),
  };
  await insertDraft(app.db, { id, sealed: seal(app.keys, request.token.reveal(), id), summary, expires });
  return { draft: id, expires, organizations };
}

function distinctNames(names: readonly string[]): readonly string[] {
  const distinct = new Map<string, string>();
  for (const name of names.map(organizationName)) if (name) distinct.set(name.toLowerCase(), name);
  return [...distinct.values()];
}

/** People paste addresses; `https://dev.azure.com/contoso/...` and `https://contoso.visualstudio.com` mean contoso. */
function organizationName(text: string): string {
  const trimmed = text.trim();
  const modern = /^https?:\/\/(?:[^@/]+@)?dev\.azure\.com\/([^/?#]+)/i.exec(trimmed);
  const old = /^https?:\/\/([^./]+)\.visualstudio\.com/i.exec(trimmed);
  return modern?.[1] ?? old?.[1] ?? trimmed.replace(/^\/+|\/+$/g, "");
}
