/** Reads what a client says it can do from `claims`: `{"access_token":{"xms_cc":{"values":["cp1"]}}}`. Anything else in it is left alone. */
export function readCapabilities(claims: string | null | undefined): readonly string[] {
  if (!claims) return [];
  try {
    const read = JSON.parse(claims) as { access_token?: { xms_cc?: { values?: unknown } } } | null;
    const values = read?.access_token?.xms_cc?.values;
    return Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
  } catch {
    return [];
  }
}
