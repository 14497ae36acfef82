/** `.yarnrc.yml` of Yarn 2 and later, and `.yarnrc` of Yarn 1: which registries a project takes its packages from. */
import type { Feed } from "#model/package-manifest.ts";
import { child, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { PackageReader } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { problemOfSettings, readByHand } from "../../reading/manifest-text.ts";
import { membersOf, wordIn } from "../../reading/node-fields.ts";
import { linesOf } from "../../reading/text-lines.ts";
import { isInstalled } from "./installed-path.ts";
import { plainRegistry, registriesRead } from "./registries-read.ts";

export const readers: readonly PackageReader[] = [
  {
    format: ".yarnrc.yml",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === ".yarnrc.yml" && !isInstalled(path),
    alone: "always",
    read: (file) =>
      readByHand(file, (text) => {
        const { documents, problems } = readYaml(text);
        return registriesRead(text, ".yarnrc.yml", berryFeeds(documents[0]?.node), problems.map(problemOfSettings));
      }),
  },
  {
    format: ".yarnrc",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === ".yarnrc" && !isInstalled(path),
    alone: "always",
    read: (file) => readByHand(file, (text) => registriesRead(text, ".yarnrc", classicFeeds(text), [])),
  },
];

function berryFeeds(root: Node | undefined): readonly Feed[] {
  const forScopes = membersOf(child(root, "npmScopes")).map(({ name, value }) => ({ scope: `@${name}`, value }));
  return [{ scope: undefined, value: root }, ...forScopes].flatMap(({ scope, value }) => {
    const registry = child(value, "npmRegistryServer");
    const address = wordIn(registry);
    if (!registry || address === undefined) return [];
    return [
      { address: plainRegistry(address), ...(scope !== undefined && { scopes: [scope] }), at: spanOf(registry.at) },
    ];
  });
}

/** `registry "https://..."` and `"@scope:registry" "https://..."`; as Yarn does, the last of several counts. */
const setting = /^\s*(?:--)?["']?(?:(@[^\s:"'=]+):)?registry["']?\s+(\S.*)$/;

function classicFeeds(file: TextFile): readonly Feed[] {
  const feeds = new Map<string, Feed>();
  for (const { text, start } of linesOf(file.text)) {
    // Longer lines are no addresses.
    const [, scope, written] = (text.length > 2000 ? null : setting.exec(text)) ?? [];
    if (written === undefined) continue;
    const at = spanOf({ file, start, end: start + text.length });
    const address = plainRegistry(written.trim().replace(/^(["'])(.*)\1$/, "$2"));
    feeds.set(scope ?? "", { address, ...(scope !== undefined && { scopes: [scope] }), at });
  }
  return [...feeds.values()];
}
