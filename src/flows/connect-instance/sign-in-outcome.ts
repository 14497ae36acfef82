/** What came of a sign-in with Microsoft Entra ID, as it is kept until the person goes on with it. */
import { signInFailed } from "#azure-devops/entra/entra-error.ts";
import { type SignInProblem, signInProblem } from "#azure-devops/entra/sign-in-problem.ts";
import type { CredentialId, InstanceId, OrganizationId, SignInId, UserId } from "#model/ids.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import { getSignInAttempt } from "#store/people/sign-in-attempts.ts";
import type { App } from "../app.ts";

/** What a sign-in is for. */
export type SignInPurpose =
  | { readonly is: "new"; readonly hint: string }
  | {
      readonly is: "renewal";
      readonly instance: InstanceId;
      readonly credential: CredentialId;
      readonly signIn: SignInId;
    };

export type AboutSignIn = SignInPurpose & {
  /** Where it began: a directory, or `organizations`. */
  readonly tenant: string;
  readonly redirectUri: string;
};

export interface SignedInAccount {
  readonly name: string;
  readonly userName: string;
}

export interface SignInOrganization {
  readonly id: OrganizationId;
  readonly name: string;
  /** Absent if it has none, or if that could not be found out. */
  readonly tenant?: string;
  readonly isOtherTenant: boolean;
}

export type ToldProblem = Omit<SignInProblem, "code"> & { readonly code: SignInProblem["code"] | "other-person" };

export type SignInOutcome =
  | { readonly is: "under-way" }
  | {
      readonly is: "problem";
      readonly problem: ToldProblem;
      readonly hint?: string;
      readonly instance?: InstanceId;
      /** It worked, but as somebody else than the one whose sign-in was to be renewed. */
      readonly signIn?: SignInId;
      readonly account?: SignedInAccount;
    }
  | {
      readonly is: "signed-in";
      readonly signIn: SignInId;
      readonly account: SignedInAccount;
      readonly tenant: string;
      readonly organizations: readonly SignInOrganization[];
      readonly renewed?: InstanceId;
    };

/** How long an outcome waits for the person. */
export const outcomeMilliseconds = 60 * 60_000;

export type ReadOutcome =
  | Exclude<SignInOutcome, { readonly is: "signed-in" }>
  | (Extract<SignInOutcome, { readonly is: "signed-in" }> & {
      /** Names of the instances that have organizations of it already. */
      readonly connected: ReadonlyMap<OrganizationId, string>;
    });

/** Undefined if there is no such attempt of this person, or if it is too old. */
export async function readSignInOutcome(
  app: Pick<App, "db" | "now">,
  attempt: string,
  userId: UserId,
): Promise<ReadOutcome | undefined> {
  const row = await getSignInAttempt(app.db, attempt, { userId, now: app.now() });
  if (!row) return undefined;
  const outcome = (row.outcome ?? { is: "under-way" }) as SignInOutcome;
  if (outcome.is !== "signed-in") return outcome;
  const owners = await Promise.all(
    outcome.organizations.map(async ({ id }) => {
      const organization = await getOrganization(app.db, id);
      const instance = organization && (await getInstance(app.db, organization.instanceId));
      return instance ? ([[id, instance.name]] as const) : [];
    }),
  );
  return { ...outcome, connected: new Map(owners.flat()) };
}

/** For who comes back to nothing that waits for them. */
export function strayProblem(): ReadOutcome {
  const error = signInFailed("state-mismatch", "Nobody waits for this state.", { step: "authorize" });
  return { is: "problem", problem: signInProblem(error) };
}
