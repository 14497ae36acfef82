/** Why something is no secret. */
export interface Reason {
  /** What it is instead; findings say it. */
  readonly name: string;
  /** Why that is none, or how it is told from one. */
  readonly why: string;
}

/** A row of a table whose first row that fits decides. */
export interface Refusal<Thing> extends Reason {
  readonly test: (thing: Thing) => boolean;
}

export function firstRefusal<Thing>(table: readonly Refusal<Thing>[], thing: Thing): Refusal<Thing> | undefined {
  for (const refusal of table) if (refusal.test(thing)) return refusal;
  return undefined;
}

/** The test of a row that a pattern says all of. */
export function fits(pattern: RegExp): (value: string) => boolean {
  return (value) => pattern.test(value);
}
