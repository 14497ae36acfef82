/** `bunfig.toml`: which registries Bun takes packages from. A scope's table may hold a token; it is left where it is. */
import type { Feed } from "#model/package-manifest.ts";
import { child, type Node } from "../../../formats/node.ts";
import { spanOf } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import type { PackageReader } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { problemOfSettings, readByHand } from "../../reading/manifest-text.ts";
import { membersOf, wordIn } from "../../reading/node-fields.ts";
import { isInstalled } from "./installed-path.ts";
import { plainRegistry, registriesRead } from "./registries-read.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "bunfig.toml",
    ecosystem: "npm",
    matches: (path) => /^\.?bunfig\.toml$/.test(fileNameOf(path)) && !isInstalled(path),
    alone: "always",
    read: (file) =>
      readByHand(file, (text) => {
        const { node, problems } = readToml(text);
        return registriesRead(text, "bunfig.toml", feedsIn(child(node, "install")), problems.map(problemOfSettings));
      }),
  },
];

function feedsIn(install: Node | undefined): readonly Feed[] {
  const forScopes = membersOf(child(install, "scopes")).map(({ name, value }) => ({
    scope: name.startsWith("@") ? name : `@${name}`,
    value,
  }));
  return [{ scope: undefined, value: child(install, "registry") }, ...forScopes].flatMap(({ scope, value }) => {
    // An address, or a table that says more.
    const node = value?.is === "block" ? child(value, "url") : value;
    const address = wordIn(node);
    if (!node || address === undefined) return [];
    return [{ address: plainRegistry(address), ...(scope !== undefined && { scopes: [scope] }), at: spanOf(node.at) }];
  });
}
