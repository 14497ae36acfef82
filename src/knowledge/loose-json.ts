/** Reads JSON of others: every part may be missing or of another kind, and then counts as absent. */
export type Loose = Readonly<Record<string, unknown>>;

const nothing: Loose = {};

export function looseObject(value: unknown): Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : nothing;
}

export function looseList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text that is not empty. */
export function looseText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function looseTexts(value: unknown, most: number): readonly string[] {
  return looseList(value)
    .slice(0, most)
    .filter((one): one is string => typeof one === "string" && one !== "");
}

/** Undefined if it is no JSON. */
export function parseLoose(text: string): Loose | undefined {
  try {
    return looseObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
