/** One field of CSV (RFC 4180). */

/** A text that a spreadsheet would take for a formula gets an apostrophe: file names come from repositories, whose authors are anybody. */
export function csvField(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^\s*[=+\-@\t\r\n|%]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
