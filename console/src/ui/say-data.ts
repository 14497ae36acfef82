/** What an audit line adds, in one line. */
export function sayData(data: Readonly<Record<string, unknown>>): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${sayValue(value)}`)
    .join(", ");
}

function sayValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.join(" and ");
  return JSON.stringify(value);
}
