/** The hash in poetry.lock of what a pyproject.toml asks for, by the rules of the Poetry that wrote the file. */
import { along, plainValue, pythonJson, sha256, tomlIn, type Value } from "./python-json.ts";

const always = ["dependencies", "source", "extras", "dev-dependencies"];
const ofProject = ["requires-python", "dependencies", "optional-dependencies"];

/** Every hash that some Poetry computes of it, by the name of the rule. None if it cannot be read. */
export function poetryHashes(project: string): ReadonlyMap<string, string> {
  const toml = tomlIn(project);
  const hashes = new Map<string, string>();
  if (!toml) return hashes;
  for (const [rule, { hasProject, hasGroups, hasPoetryGroups }] of Object.entries(rules)) {
    const own = hasProject ? tableOf(toml, ["project"], ofProject) : {};
    const groups = hasGroups ? partOf(toml, ["dependency-groups"]) : {};
    const poetry = tableOf(toml, ["tool", "poetry"], [...always, ...(hasPoetryGroups ? ["group"] : [])]);
    if (!own || groups === undefined || !poetry) continue;
    const isNew = Object.keys(own).length > 0 || Object.keys(groups ?? {}).length > 0;
    const legacy = Object.fromEntries(always.map((key) => [key, poetry[key] ?? null]));
    const content: Value = isNew
      ? {
          ...(Object.keys(own).length > 0 && { project: own }),
          ...(Object.keys(groups ?? {}).length > 0 && { "dependency-groups": groups }),
          tool: { poetry },
        }
      : { ...legacy, ...poetry };
    hashes.set(rule, sha256(pythonJson(content)));
  }
  return hashes;
}

const rules = {
  "1.1": { hasProject: false, hasGroups: false, hasPoetryGroups: false },
  "1.2": { hasProject: false, hasGroups: false, hasPoetryGroups: true },
  "2.0": { hasProject: true, hasGroups: false, hasPoetryGroups: true },
  "2.3": { hasProject: true, hasGroups: true, hasPoetryGroups: true },
} as const;

type Table = Readonly<Record<string, Value>>;

/** The members that are there; undefined if one of them cannot be told. */
function tableOf(
  toml: Parameters<typeof along>[0],
  way: readonly string[],
  keys: readonly string[],
): Table | undefined {
  const found = keys.map((key) => [key, partOf(toml, [...way, key])] as const);
  if (found.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(found.filter(([, value]) => value !== null)) as Table;
}

/** `null`: it is not there. */
function partOf(toml: Parameters<typeof along>[0], way: readonly string[]): Value | undefined {
  const node = along(toml, ...way);
  return node ? plainValue(node) : null;
}
