/** What a composer.lock says of a package: from what its repository says, in Composer's order. */
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { asPhp } from "./php-json.ts";

const origin = {
  source: ["type", "url", "reference", "mirrors"],
  dist: ["type", "url", "reference", "shasum", "mirrors"],
};
const links = ["require", "conflict", "provide", "replace", "require-dev", "suggest"];
const early = ["bin", "type", "extra", "autoload", "autoload-dev", "notification-url", "include-path", "php-ext"];
const late = ["scripts", "license", "authors", "description", "homepage", "keywords", "support", "funding"];
/** What no package of a repository needs, and what is not known to come out as it went in. */
const refused = ["target-dir", "archive", "transport-options", "repositories", "default-branch"];

/** `notification` is the repository's, which its packages do not say. Undefined for what is not written here. */
export function lockEntry(told: JsonObject, notification: unknown): JsonObject | undefined {
  const { name, version, time, abandoned } = told;
  if (typeof name !== "string" || typeof version !== "string" || refused.some((key) => told[key] !== undefined))
    return undefined;
  const entry: [string, unknown][] = [
    ["name", name],
    ["version", version],
  ];
  for (const [key, order] of Object.entries(origin)) {
    const own = objectOf(told[key]);
    if (own) entry.push([key, Object.fromEntries(order.flatMap((one) => (own[one] == null ? [] : [[one, own[one]]])))]);
  }
  for (const key of links) {
    const own = Object.entries(objectOf(told[key]) ?? {});
    if (own.length > 0) entry.push([key, Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)))]);
  }
  const whole = { ...told, type: typeof told.type === "string" ? told.type.toLowerCase() : "library" };
  const written: JsonObject = { ...whole, ...(notification !== undefined && { "notification-url": notification }) };
  for (const key of [...early, ...late]) {
    const value = key === "keywords" && Array.isArray(written[key]) ? written[key].toSorted(byText) : written[key];
    if (value === undefined || value === null || isEmpty(value)) continue;
    entry.push([key, (key === "license" || key === "bin") && typeof value === "string" ? [value] : value]);
  }
  if (abandoned === true || (typeof abandoned === "string" && abandoned !== "")) entry.push(["abandoned", abandoned]);
  if (time !== undefined) {
    if (typeof time !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/.test(time)) return undefined;
    entry.push(["time", time]);
  }
  return objectOf(asPhp(Object.fromEntries(entry)));
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function byText(a: unknown, b: unknown): number {
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
