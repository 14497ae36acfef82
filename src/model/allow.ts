/** What a person decided not to be told, with a reason. Every given part must fit; at least one is given. */
export interface Allow {
  readonly rule?: string;
  /** A glob over the path, relative to the scanned folder: `test/**`. */
  readonly path?: string;
  readonly fingerprint?: string;
  readonly reason: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly until?: string;
  /** Line of the file that says so; 0 if no line says it of this alone. */
  readonly line: number;
}
