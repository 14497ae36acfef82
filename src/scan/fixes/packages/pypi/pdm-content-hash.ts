/** The hash in pdm.lock of what a pyproject.toml asks for. Groups that include others are refused. */
import { along, plainValue, pythonJson, sha256, tomlIn, type Value } from "./python-json.ts";

const parts: readonly (readonly [name: string, way: readonly string[], otherwise: Value])[] = [
  ["sources", ["tool", "pdm", "source"], []],
  ["dependencies", ["project", "dependencies"], []],
  ["optional-dependencies", ["project", "optional-dependencies"], {}],
  ["requires-python", ["project", "requires-python"], ""],
  ["resolution", ["tool", "pdm", "resolution"], {}],
];

/** Undefined if it cannot be told. */
export function pdmHash(project: string): string | undefined {
  const toml = tomlIn(project);
  if (!toml) return undefined;
  const read = (way: readonly string[], otherwise: Value) => {
    const node = along(toml, ...way);
    return node ? plainValue(node) : otherwise;
  };
  const groups = [read(["dependency-groups"], {}), read(["tool", "pdm", "dev-dependencies"], {})];
  const members = parts.map(([name, way, otherwise]) => [name, read(way, otherwise)] as const);
  if (groups.includes(undefined) || members.some(([, value]) => value === undefined)) return undefined;
  const all = groups.flatMap((own) => Object.entries(own ?? {}));
  const isPlain = all.every(([, list]) => Array.isArray(list) && list.every((item) => typeof item === "string"));
  if (!isPlain || new Set(all.map(([name]) => name)).size < all.length) return undefined;
  const content = { ...Object.fromEntries(members), "dev-dependencies": Object.fromEntries(all) } as Value;
  return sha256(pythonJson(content));
}
