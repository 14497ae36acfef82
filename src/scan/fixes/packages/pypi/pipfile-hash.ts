/** The hash in Pipfile.lock of what a Pipfile asks for. */
import { along, plainValue, pythonJson, sha256, tomlIn, type Value } from "./python-json.ts";

const known: ReadonlySet<string> = new Set(
  "source packages dev-packages requires scripts default develop pipenv pipfile".split(" "),
);

/** Undefined if it cannot be told. */
export function pipfileHash(pipfile: string): string | undefined {
  const toml = tomlIn(pipfile);
  const source = along(toml, "source");
  if (toml?.is !== "block" || !source) return undefined;
  const read = (key: string): Value | undefined => {
    const node = along(toml, key);
    return node ? plainValue(node) : {};
  };
  const categories = toml.keys().filter((key) => !known.has(key));
  const [sources, requires] = [plainValue(source), read("requires")];
  const parts = [
    ["default", read("packages")],
    ["develop", read("dev-packages")],
    ...categories.map((key) => [key, read(key)] as const),
  ] as const;
  if (sources === undefined || requires === undefined || parts.some(([, value]) => value === undefined))
    return undefined;
  const content = { ...Object.fromEntries(parts), _meta: { sources, requires } } as Value;
  return sha256(pythonJson(content, [",", ":"]));
}
