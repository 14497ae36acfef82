/** What a `Pipfile` asks for: packages, development packages, and categories with names of their own. */
import type { Feed, PackageUse } from "#model/package-manifest.ts";
import type { FormatProblem } from "../../../formats/format-problem.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import { membersOf } from "../../reading/node-fields.ts";
import { tablePackages } from "./poetry-table.ts";
import { pipfileFeeds } from "./python-feeds.ts";

const otherTables: ReadonlySet<string> = new Set(["source", "requires", "scripts", "pipenv"]);

export function readPipfile(file: TextFile): {
  readonly packages: readonly PackageUse[];
  readonly feeds: readonly Feed[];
  readonly problems: readonly FormatProblem[];
} {
  const { node, problems } = readToml(file);
  const packages = membersOf(node).flatMap(({ name, value }) => {
    if (value.is !== "block" || otherTables.has(name)) return [];
    if (name === "packages") return tablePackages(value, { isDevelopment: false, groups: ["default"] });
    return tablePackages(value, { isDevelopment: true, groups: [name === "dev-packages" ? "develop" : name] });
  });
  return { packages, feeds: pipfileFeeds(node), problems };
}
