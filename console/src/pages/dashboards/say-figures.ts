/** Figures of the dashboards as people read them; what is not known is a dash. */

const short = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 2 });

export const unknown = "–";

/** `18 h`, `3.5 days`, each on one line. */
export function sayHours(hours: number | null): string {
  if (hours === null) return unknown;
  if (hours < 1) return "under 1\u00a0h";
  return hours < 48 ? `${Math.round(hours)}\u00a0h` : sayDays(hours / 24);
}

export function sayDays(days: number): string {
  return `${days < 10 ? short.format(days) : Math.round(days)}\u00a0days`;
}

/** Of a rate from 0 to 1; all and none only if it is all or none. */
export function sayRate(rate: number | null): string {
  if (rate === null) return unknown;
  const percent = Math.round(rate * 100);
  if (percent === 100 && rate < 1) return "99%";
  return percent === 0 && rate > 0 ? "1%" : `${percent}%`;
}

/** In percent, for a chart; nothing of nothing is nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;
}
