/** Text for documents that others print and convert to XML: control characters are replaced; package URLs keep what they were. */

// oxlint-disable-next-line no-control-regex -- these are what is replaced
const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

export function plainText(text: string): string {
  return /^[ -~]*$/.test(text) ? text : text.toWellFormed().replace(unprintable, "\ufffd");
}

/** What somebody may write at any length, cut. */
export function shortText(text: string, longest: number): string {
  return plainText(text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
}

/** Without a name it would be none. */
export function isPurl(text: string): boolean {
  return !/^[^@?#]*\/(?:[@?#]|$)/.test(text);
}

/** By code units: the same order wherever it runs. */
export function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
