/** pnpm-workspace.yaml: the catalogues whose ranges projects share, and what is overridden for all of them. */
import type { Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { memberOf, membersOf, unquoted, wordIn } from "../../reading/node-fields.ts";

export interface SharedRange {
  readonly spec: string;
  readonly whole: Place;
  /** The range alone. */
  readonly specAt: Place;
}

export interface PnpmWorkspace {
  /** By what a project writes (`catalog:`, `catalog:react18`) and the package's name, with a line break between them. */
  readonly catalogs: ReadonlyMap<string, SharedRange>;
  /** By name; what holds only below another package is left out. */
  readonly overrides: ReadonlyMap<string, SharedRange>;
}

/** People write no larger one. */
const largest = 1_000_000;

export function readPnpmWorkspace(file: TextFile): PnpmWorkspace {
  const catalogs = new Map<string, SharedRange>();
  const overrides = new Map<string, SharedRange>();
  const node = file.text.length > largest ? undefined : readYaml(file).documents[0]?.node;
  const addCatalog = (name: string, catalog: Node | undefined): void => {
    for (const [key, range] of rangesIn(catalog)) catalogs.set(`catalog:${name}\n${key}`, range);
  };
  addCatalog("", memberOf(node, "catalog")?.value);
  addCatalog("default", memberOf(node, "catalog")?.value);
  for (const { name, value } of membersOf(memberOf(node, "catalogs")?.value)) {
    addCatalog(name, value);
    if (name === "default") addCatalog("", value);
  }
  for (const [name, range] of rangesIn(memberOf(node, "overrides")?.value)) {
    if (/^(?:@[^/@>]+\/)?[^/@>]+$/.test(name)) overrides.set(name, range);
  }
  return { catalogs, overrides };
}

function rangesIn(node: Node | undefined): readonly (readonly [string, SharedRange])[] {
  return membersOf(node).flatMap(({ name, value, whole }) => {
    const spec = wordIn(value);
    return spec === undefined ? [] : [[name, { spec, whole, specAt: unquoted(value.at) }] as const];
  });
}
