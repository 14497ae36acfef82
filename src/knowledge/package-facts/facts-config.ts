/** Who is asked about packages, as `packageFacts` of the sources' configuration says it: read strictly. */
import { looseObject } from "../loose-json.ts";
import { plainAddress } from "../plain-address.ts";
import { publicSources } from "./facts-sources.ts";

export interface FactsConfig {
  /** The public one or a mirror of it; absent: not asked. */
  readonly depsDev?: string;
  /** Where actions are published, or a mirror of it; absent: not asked. */
  readonly github?: string;
  /** Whether the registries are asked that the package managers of the machine's user are set up for. */
  readonly asksRegistries: boolean;
  /** As in `FactsSources`. */
  readonly publicNames: readonly string[];
  readonly privateNames: readonly string[];
}

export const defaultFactsConfig: FactsConfig = {
  ...publicSources,
  asksRegistries: true,
  publicNames: [],
  privateNames: [],
};

const settings = ["depsDev", "github", "registries", "publicNames", "privateNames"];
/** Each is held against each package. */
const mostNames = 1000;

/** Or what is wrong with it. */
export function readFactsConfig(written: unknown): FactsConfig | string {
  if (written === undefined) return defaultFactsConfig;
  if (typeof written !== "object" || written === null || Array.isArray(written))
    return `packageFacts must be settings: ${settings.join(", ")}`;
  const facts = looseObject(written);
  const unknown = Object.keys(facts).find((key) => !settings.includes(key));
  if (unknown !== undefined) return `packageFacts: "${unknown}" is no setting: ${settings.join(", ")} are`;
  const { registries = "on", publicNames = [], privateNames = [] } = facts;
  const places: { depsDev?: string; github?: string } = {};
  for (const place of ["depsDev", "github"] as const) {
    // Whoever asks nobody in public about packages does not ask about actions either, unless it is said.
    const usual = place === "github" && places.depsDev === undefined ? "off" : publicSources[place];
    const { [place]: written = usual } = facts;
    const address = plainAddress(written);
    if (address !== undefined) places[place] = address;
    else if (written !== "off" && written !== false)
      return `packageFacts: ${place} must be an address like https://mirror.example.com, without user, or off`;
  }
  const asksRegistries = registries === "on" || registries === true;
  if (!asksRegistries && registries !== "off" && registries !== false)
    return "packageFacts: registries must be on or off";
  for (const [setting, names] of Object.entries({ publicNames, privateNames }))
    if (!isNames(names))
      return `packageFacts: ${setting} must be a list of at most ${mostNames} names like Contoso.* or "@contoso/*"`;
  return {
    ...places,
    asksRegistries,
    publicNames: publicNames as readonly string[],
    privateNames: privateNames as readonly string[],
  };
}

function isNames(names: unknown): names is readonly string[] {
  return (
    Array.isArray(names) &&
    names.length <= mostNames &&
    names.every((name) => typeof name === "string" && /^\S{1,300}$/.test(name))
  );
}
