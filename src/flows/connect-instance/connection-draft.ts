/** A connection between the wizard's steps: what was checked, and the token, sealed. It lives for half an hour. */
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { getDraft } from "#store/connection-drafts.ts";
import { open } from "#store/sealing.ts";
import type { App } from "../app.ts";

export const draftMilliseconds = 30 * 60_000;

export interface DraftOrganization {
  readonly id: OrganizationId;
  readonly name: string;
  readonly accountId: string;
  readonly accountName: string;
  /** True if an instance has it already: then the draft can only give that instance a new token. */
  readonly isConnected: boolean;
}

export interface DraftSummary {
  /** Those that accept the token. */
  readonly organizations: readonly DraftOrganization[];
  /** When the token expires, as the person said; a token cannot be asked for it. */
  readonly tokenExpires?: string;
  /** Set once the draft was saved: saving again answers the same instance. */
  readonly instance?: InstanceId;
}

export interface OpenDraft {
  readonly id: string;
  readonly expires: Date;
  readonly summary: DraftSummary;
  /** Absent once the draft was saved. */
  readonly token?: SecretValue;
}

export async function openDraft(app: Pick<App, "db" | "keys" | "now">, id: string): Promise<OpenDraft | undefined> {
  if (!/^[0-9a-f-]{36}$/i.test(id)) return undefined;
  const draft = await getDraft(app.db, id, app.now());
  if (!draft) return undefined;
  const summary = draft.summary as DraftSummary;
  const token = summary.instance ? undefined : open(app.keys, draft.sealed, draft.id);
  return { id: draft.id, expires: draft.expires, summary, ...(token && { token }) };
}
