/** How a call is described that takes a password or key, and what the tables of calls share. */

interface CredentialArgument {
  /**
   * The argument that is the credential, counted from 0, or the last of two or more. `only`: the first, if no other follows.
   * `first literal`: of the first two.
   * `tried`: the last literal, of what tries a password. `behind user`: the last literal, if a user stands before it, of what
   * makes or lets in one. `behind name`: the second, if the first is the distinguished name of a directory, or a constant
   * that says password.
   */
  readonly at: number | "last" | "only" | "first literal" | "tried" | "behind user" | "behind name";
  /**
   * `drawn`: a key or salt if it looks like one, and any other text if not. `phrase`: what tokens and cookies are signed with,
   * words, too.
   */
  readonly holds: "password" | "key" | "drawn" | "phrase";
  /** With what somebody typed: a number counts, too, outside of tests. */
  readonly isCompared?: true;
}

export interface Call extends CredentialArgument {
  /** Where its name alone says that the argument is one; elsewhere it has to look like a password by itself. */
  readonly sure: "everywhere" | "outside of tests" | "nowhere";
}

/** Calls by their name in small letters, as far as it tells them from others. */
export type Calls = Readonly<Record<string, readonly Call[]>>;

type Arguments = Readonly<Record<string, CredentialArgument | readonly CredentialArgument[]>>;

/** Named for what they take. */
export function certain(calls: Arguments): Calls {
  return sure(calls, "everywhere");
}

/** Tests and examples hand them words; elsewhere what they take is somebody's password, a plain word, too. */
export function certainInPrograms(calls: Arguments): Calls {
  return sure(calls, "outside of tests");
}

/** Named like a person's acts (`login`): tests and examples are full of them. */
export function vague(calls: Arguments): Calls {
  return sure(calls, "nowhere");
}

function sure(calls: Arguments, where: Call["sure"]): Calls {
  return Object.fromEntries(
    Object.entries(calls).map(([name, taken]) => [name, [taken].flat().map((one) => ({ ...one, sure: where }))]),
  );
}

export const first: CredentialArgument = { at: 0, holds: "password" };
export const second: CredentialArgument = { at: 1, holds: "password" };
export const third: CredentialArgument = { at: 2, holds: "password" };
export const fourth: CredentialArgument = { at: 3, holds: "password" };
export const last: CredentialArgument = { at: "last", holds: "password" };
export const firstKey: CredentialArgument = { at: 0, holds: "key" };
export const secondKey: CredentialArgument = { at: 1, holds: "key" };
export const thirdKey: CredentialArgument = { at: 2, holds: "key" };
export const behindUser: CredentialArgument = { at: "behind user", holds: "password" };
/** A password, and the salt behind it. */
export const derived: readonly CredentialArgument[] = [first, { at: 1, holds: "drawn" }];
