/** A whole file that holds private keys. */
export interface Keystore {
  /** Of the rule that tells it. */
  readonly rule: string;
  /** What is fingerprinted: the same for the same key. */
  readonly identity: string;
  readonly score: number;
  readonly signals: readonly string[];
  /** Its certificates are of hosts that exist nowhere. */
  readonly isOfNobody?: boolean;
}

/** Anybody opens it: in the clear, or under a password that everybody tries first. */
export const openScore = 95;
/** Its password is all that protects it, and whoever has the file may guess for ever. */
export const lockedScore = 70;
/** Known to be worth nothing; shown on request. */
export const worthlessScore = 30;

export const lockedSignal = "protected by a passphrase";
export const openSignal = "not protected by a passphrase";

/** Said of a store that was made for tests, where it lies among tests. */
export const nobodysSignal = "its certificates are of hosts that exist nowhere";

/** What tools set by themselves, and people leave. */
export const usualPasswords = ["changeit", "", "password", "changeme", "secret", "123456", "android"] as const;

/** How a signal names one of them. */
export function sayPassword(password: string): string {
  return password === "" ? "opens with an empty password" : `opens with the usual password "${password}"`;
}
