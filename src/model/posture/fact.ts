/** Something read from Azure DevOps at a moment, or why it is not known. Absent is never the same as fine. */
export type Fact<T> = Known<T> | Unknown;

export interface Known<T> {
  readonly is: "known";
  /** When it was read (ISO 8601). */
  readonly at: string;
  readonly value: T;
}

export interface Unknown {
  readonly is: "unknown";
  readonly why: WhyUnknown;
  /** For people, as a sentence: what was asked, what was answered, what would help. */
  readonly reason: string;
}

/**
 * `scope`: the credential lacks it; `refused`: the person lacks the right; `absent`: this edition has no such call;
 * `switched-off`: nobody allowed the call; `failed`: it did not come to an answer; `not-read`: nobody asked yet.
 */
export const whyUnknown = ["scope", "refused", "absent", "switched-off", "failed", "not-read"] as const;

export type WhyUnknown = (typeof whyUnknown)[number];

export function known<T>(value: T, at: string): Known<T> {
  return { is: "known", at, value };
}

export function unknown(why: WhyUnknown, reason: string): Unknown {
  return { is: "unknown", why, reason };
}
