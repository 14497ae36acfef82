/** What one labelled case came to. */
export interface Verdict {
  /** The row of the table that it counts in: an ecosystem, a scheme, a kind of text. */
  readonly group: string;
  readonly id: string;
  readonly agrees: boolean;
  /** Left out of the closing figure, and why: an option of the peer, a scheme that is out of scope. */
  readonly apart?: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** A case that throws is a disagreement, and says what was thrown. */
export function judged(one: Omit<Verdict, "agrees" | "got">, compute: () => Pick<Verdict, "agrees" | "got">): Verdict {
  try {
    return { ...one, ...compute() };
  } catch (error) {
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...one, agrees: false, got: `threw: ${thrown}` };
  }
}
