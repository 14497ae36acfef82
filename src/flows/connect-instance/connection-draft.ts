/** A connection between the wizard's steps: what was checked, and the tokens, sealed. It lives for half an hour. */
import type { InstanceId, OrganizationId, SignInId } from "#model/ids.ts";
import type { Preflight } from "#model/preflight.ts";
import type { SignInMethod } from "#model/scopes.ts";
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import { getDraft, insertDraft } from "#store/instances/connection-drafts.ts";
import { newId } from "#store/new-id.ts";
import { getSignIn } from "#store/people/sign-ins.ts";
import { open, seal } from "#store/sealing.ts";
import type { App } from "../app.ts";

const draftMilliseconds = 30 * 60_000;

/** What works in an organization: a token by its place in the draft, or a sign-in. */
export type DraftCredential = {
  readonly accountId: string;
  readonly accountName: string;
  readonly preflight: Preflight;
} & (
  | {
      readonly method: "pat";
      readonly token: number;
      readonly allOrganizations: boolean;
      readonly expires?: Date;
    }
  | { readonly method: Exclude<SignInMethod, "pat">; readonly signIn: SignInId }
);

export interface DraftOrganization {
  readonly id: OrganizationId;
  readonly name: string;
  /** Its directory; zeros if it is one of personal accounts. */
  readonly tenant?: string;
  /** The instance that has it already: the draft can only give that instance more credentials. */
  readonly connectedTo?: InstanceId;
  /** Best first; never empty. */
  readonly credentials: readonly DraftCredential[];
}

export interface DraftSummary {
  readonly organizations: readonly DraftOrganization[];
  /** Set once the draft was saved: saving again answers the same instance. */
  readonly instance?: InstanceId;
}

export interface OpenDraft {
  readonly id: string;
  readonly expires: Date;
  readonly summary: DraftSummary;
  /** Absent once the draft was saved. */
  readonly tokens?: readonly SecretValue[];
}

export function draftExpiry(app: Pick<App, "now">): Date {
  return new Date(app.now().getTime() + draftMilliseconds);
}

/** Answers the name of the draft in the next steps. */
export async function saveDraft(
  app: Pick<App, "db" | "keys">,
  draft: { readonly tokens: readonly SecretValue[]; readonly summary: DraftSummary; readonly expires: Date },
): Promise<string> {
  const id = newId();
  const values = JSON.stringify(draft.tokens.map((token) => token.reveal()));
  const { summary, expires } = draft;
  await insertDraft(app.db, { id, sealed: seal(app.keys, values, id), summary, expires });
  return id;
}

export async function openDraft(app: Pick<App, "db" | "keys" | "now">, id: string): Promise<OpenDraft | undefined> {
  if (!/^[0-9a-f-]{36}$/i.test(id)) return undefined;
  const draft = await getDraft(app.db, id, app.now());
  if (!draft) return undefined;
  const summary = withDates(draft.summary as DraftSummary);
  const { expires } = draft;
  if (summary.instance) return { id: draft.id, expires, summary };
  const values = JSON.parse(open(app.keys, draft.sealed, draft.id).reveal()) as readonly string[];
  return { id: draft.id, expires, summary, tokens: values.map(secretValue) };
}

/** True if it relies on a sign-in that is gone: the instance that used it was deleted meanwhile. */
export async function lacksSignIn({ db }: Pick<App, "db">, { summary }: OpenDraft): Promise<boolean> {
  const signIns = summary.organizations.flatMap(({ credentials }) =>
    credentials.flatMap((credential) => (credential.method === "pat" ? [] : [credential.signIn])),
  );
  for (const id of new Set(signIns)) if (!(await getSignIn(db, id))) return true;
  return false;
}

/** JSON keeps dates as text. */
function withDates(summary: DraftSummary): DraftSummary {
  const organizations = summary.organizations.map((organization) => ({
    ...organization,
    credentials: organization.credentials.map((credential) => ({
      ...credential,
      preflight: { ...credential.preflight, checkedAt: new Date(credential.preflight.checkedAt) },
      ...("expires" in credential && credential.expires ? { expires: new Date(credential.expires) } : {}),
    })),
  }));
  return { ...summary, organizations };
}
