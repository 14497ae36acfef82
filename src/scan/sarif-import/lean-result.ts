/** What is kept of a result until its run is read: code flows, stacks and graphs are most of a file, and nobody asks for them. */

const kept = [
  "kind",
  "level",
  "baselineState",
  "ruleId",
  "ruleIndex",
  "rule",
  "message",
  "fingerprints",
  "partialFingerprints",
  "suppressions",
  "analysisTarget",
  "properties",
] as const;

const mostLocations = 10;

export function leanResult(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const result = value as Readonly<Record<string, unknown>>;
  const lean: Record<string, unknown> = {};
  for (const name of kept) if (Object.hasOwn(result, name)) lean[name] = result[name];
  // Only what says how bad it is.
  const properties = result.properties;
  if (typeof properties === "object" && properties !== null) {
    const { severity, "security-severity": score } = properties as Readonly<Record<string, unknown>>;
    lean.properties = { severity, "security-severity": score };
  }
  const locations = result.locations;
  if (Array.isArray(locations)) lean.locations = locations.slice(0, mostLocations);
  return lean;
}
