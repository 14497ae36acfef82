/** Numbers as people read them. */

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

export function sayCount(count: number): string {
  return whole.format(count);
}

/** `countOf(1, "issue")` is "1 issue"; the plural is the word with an s unless it is given. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${whole.format(count)} ${count === 1 ? singular : plural}`;
}

export function sayBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${short.format(amount)} ${units[unit]}`;
}

export function sayDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(1, Math.round(milliseconds))} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${short.format(seconds)} s`;
  const all = Math.round(seconds);
  const rest = all % 60;
  return rest === 0 ? `${all / 60} min` : `${Math.floor(all / 60)} min ${rest} s`;
}

export function shortCommit(commit: string): string {
  return commit.slice(0, 8);
}
