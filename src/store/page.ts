/** A page of a list, and its answer. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

export interface Rows<T> {
  readonly rows: readonly T[];
  /** How many there are without the page's bounds. */
  readonly total: number;
}
