/** The hash by which a composer.lock says which composer.json it was written for. */
import { createHash } from "node:crypto";
import { objectOf } from "../../../packages/reading/json-fields.ts";
import { jsonValue } from "../../../packages/reading/json-slices.ts";
import { asPhp, plainPhp } from "./php-json.ts";

/** In the order in which they are hashed, together with `config.platform` before all. */
const relevant = [
  ...["conflict", "extra", "minimum-stability", "name", "prefer-stable", "provide", "replace", "repositories"],
  ...["require", "require-dev", "version"],
];

/** Undefined for what PHP would read in another way. */
export function contentHash(text: string): string | undefined {
  const project = objectOf(jsonValue(text));
  if (!project) return undefined;
  const platform = objectOf(project.config)?.platform;
  const parts: [string, unknown][] = platform === undefined || platform === null ? [] : [["config", { platform }]];
  for (const key of relevant) if (Object.hasOwn(project, key)) parts.push([key, project[key]]);
  const value = asPhp(Object.fromEntries(parts));
  return value === undefined ? undefined : createHash("md5").update(plainPhp(value)).digest("hex");
}
