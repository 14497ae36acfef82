/** What a bill of materials is about, and when: both come from the caller, so that the same input gives the same bytes. */

export interface SbomSubject {
  readonly name: string;
  readonly version?: string;
  readonly commit?: string;
  /** ISO time, of the commit where there is one. */
  readonly time: string;
  /** Of this product. */
  readonly toolVersion?: string;
  /** True if a file could not be read: then no list is said to be everything. */
  readonly hasGaps?: boolean;
}

export const toolName = "Sallyport";

/** As both formats want it: in UTC, whole seconds. What is no time is the beginning of time, which nobody takes for a fact. */
export function timeText(time: string): string {
  const read = new Date(time);
  const valid = Number.isNaN(read.getTime()) || !/^\d{4}-/.test(read.toJSON()) ? new Date(0) : read;
  return valid.toISOString().replace(/\.\d+Z$/, "Z");
}
