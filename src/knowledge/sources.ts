/** Which sources the local copy is made of: read strictly from a configuration file, or the public ones. */
import { isAbsolute } from "node:path";
import { parse } from "yaml";
import { type Ecosystem, ecosystems } from "#model/ecosystem.ts";
import { defaultSources } from "./default-sources.ts";
import { looseList, looseObject, looseText } from "./loose-json.ts";
import { defaultFactsConfig, type FactsConfig, readFactsConfig } from "./package-facts/facts-config.ts";
import { plainAddress } from "./plain-address.ts";

export interface KnowledgeSource {
  /** Names its folder too: small letters, digits and hyphens. */
  readonly name: string;
  readonly kind: SourceKind;
  readonly from:
    | { readonly is: "address"; readonly address: string }
    /** Or a single file, for lists that are one. */
    | { readonly is: "folder"; readonly folder: string };
  readonly licence: string;
  readonly attribution?: string;
  /** Only these; all that have advisories if absent. */
  readonly ecosystems?: readonly Ecosystem[];
  /** An update without it has failed. */
  readonly isRequired: boolean;
}

const sourceKinds = ["osv", "epss", "kev", "dotnet"] as const;
export type SourceKind = (typeof sourceKinds)[number];

export interface KnowledgeConfig {
  readonly sources: readonly KnowledgeSource[];
  /** Ed25519, base64 of the raw 32 bytes or of SPKI, or PEM: bundles that it has not signed are refused. */
  readonly publicKey?: string;
  readonly packageFacts: FactsConfig;
}

export const defaultConfig: KnowledgeConfig = { sources: defaultSources, packageFacts: defaultFactsConfig };

export type ParsedConfig =
  | { readonly is: "config"; readonly config: KnowledgeConfig }
  | { readonly is: "mistake"; readonly message: string };

/** JSON or YAML: `sources`, a list that takes the place of the public ones, `publicKey` and `packageFacts`. */
export function parseKnowledgeConfig(text: string): ParsedConfig {
  let written: unknown;
  try {
    written = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    return { is: "mistake", message: error instanceof Error ? (error.message.split("\n")[0] ?? "no YAML") : "no YAML" };
  }
  if (typeof written !== "object" || written === null)
    return { is: "mistake", message: "a list under sources is expected" };
  const { sources, publicKey, packageFacts, ...rest } = looseObject(written);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    return { is: "mistake", message: `"${unknown}" is no setting: sources, publicKey and packageFacts are` };
  if (publicKey !== undefined && typeof publicKey !== "string")
    return { is: "mistake", message: "publicKey must be a text" };
  if (sources !== undefined && !Array.isArray(sources)) return { is: "mistake", message: "sources must be a list" };
  const read = sources === undefined ? defaultSources : looseList(sources).map(readSource);
  const mistake = read.find((one) => typeof one === "string");
  if (mistake !== undefined) return { is: "mistake", message: mistake as string };
  const list = read as readonly KnowledgeSource[];
  const twice = list.find((one, at) => list.findIndex(({ name }) => name === one.name) !== at);
  if (twice) return { is: "mistake", message: `two sources have the name ${twice.name}` };
  const facts = readFactsConfig(packageFacts);
  if (typeof facts === "string") return { is: "mistake", message: facts };
  return {
    is: "config",
    config: { sources: list, ...(publicKey !== undefined && { publicKey }), packageFacts: facts },
  };
}

const settings = ["name", "kind", "address", "folder", "licence", "attribution", "ecosystems", "required"];

/** Or what is wrong with it. */
function readSource(written: unknown, at: number): KnowledgeSource | string {
  const source = looseObject(written);
  const name = looseText(source.name);
  if (name === undefined || !/^[a-z0-9][a-z0-9-]{0,60}$/.test(name)) {
    return `source ${at + 1} needs a name of small letters, digits and hyphens`;
  }
  const unknown = Object.keys(source).find((key) => !settings.includes(key));
  if (unknown !== undefined) return `source ${name}: "${unknown}" is no setting: ${settings.join(", ")} are`;
  const kind = sourceKinds.find((one) => one === source.kind);
  if (!kind) return `source ${name}: kind must be one of ${sourceKinds.join(", ")}`;
  const usual = defaultSources.find((one) => one.kind === kind);
  const from = readFrom(name, source, usual);
  if (typeof from === "string") return from;
  const named = source.ecosystems;
  const chosen = ecosystems.filter((one) => looseList(named).includes(one));
  if (named !== undefined && (!Array.isArray(named) || chosen.length !== named.length)) {
    return `source ${name}: ecosystems must be a list of names like NuGet, npm, PyPI`;
  }
  const { required = false } = source;
  if (typeof required !== "boolean") return `source ${name}: required must be true or false`;
  const licence = looseText(source.licence) ?? usual?.licence ?? "";
  const attribution = looseText(source.attribution) ?? (source.licence === undefined ? usual?.attribution : undefined);
  return {
    name,
    kind,
    from,
    licence,
    ...(attribution !== undefined && { attribution }),
    ...(named !== undefined && { ecosystems: chosen }),
    isRequired: required,
  };
}

/** Without address and folder it is the public source of its kind. */
function readFrom(
  name: string,
  { address, folder }: Readonly<Record<string, unknown>>,
  usual: KnowledgeSource | undefined,
): KnowledgeSource["from"] | string {
  if (address !== undefined && folder !== undefined) return `source ${name}: address and folder exclude each other`;
  if (folder !== undefined) {
    const isUsable = typeof folder === "string" && isAbsolute(folder);
    return isUsable ? { is: "folder", folder } : `source ${name}: folder must be a whole path`;
  }
  if (address === undefined && usual) return usual.from;
  const plain = plainAddress(address);
  return plain === undefined
    ? `source ${name}: address must be like https://mirror.example.com/osv, without user`
    : { is: "address", address: plain };
}
