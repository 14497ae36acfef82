/** Property bags: plain or typed values come in, `{"$type","$value"}` goes out. */
import { isRecord } from "./request-body.ts";

export function toPropertyBag(values: unknown): Record<string, unknown> {
  const bag: Record<string, unknown> = {};
  if (!isRecord(values)) return bag;
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) bag[name] = typed(value);
  }
  return bag;
}

/** The bag after an update: null removes a property, everything else adds or replaces it. */
export function mergePropertyBag(bag: Readonly<Record<string, unknown>>, changes: unknown): Record<string, unknown> {
  const merged = { ...bag };
  if (!isRecord(changes)) return merged;
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || (isRecord(value) && "$value" in value && value.$value === null)) delete merged[name];
    else merged[name] = typed(value);
  }
  return merged;
}

function typed(value: unknown): { $type: string; $value: unknown } {
  if (isRecord(value) && "$value" in value) {
    const type = typeof value.$type === "string" ? value.$type : typed(value.$value).$type;
    if (type === "System.Guid") return { $type: "System.String", $value: String(value.$value).replaceAll("-", "") };
    return { $type: type, $value: value.$value };
  }
  if (typeof value === "number")
    return { $type: Number.isInteger(value) ? "System.Int32" : "System.Double", $value: value };
  return { $type: "System.String", $value: typeof value === "string" ? value : JSON.stringify(value) };
}
