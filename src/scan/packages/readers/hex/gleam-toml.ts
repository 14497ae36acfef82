/** What a `gleam.toml` asks for. */
import type { PackageSource } from "#model/package-manifest.ts";
import type { FormatProblem } from "../../../formats/format-problem.ts";
import { child, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import { memberOf, membersOf, unquoted, wordIn, wordsIn } from "../../reading/node-fields.ts";

export interface GleamToml {
  readonly name: string | undefined;
  readonly nameAt: Place | undefined;
  readonly version: string | undefined;
  readonly licenses: readonly string[];
  readonly wants: readonly GleamWant[];
  readonly problems: readonly FormatProblem[];
}

export interface GleamWant {
  readonly name: string;
  readonly requirement: string | undefined;
  readonly requirementAt: Place | undefined;
  readonly source: PackageSource | undefined;
  readonly isDevelopment: boolean;
  readonly at: Place;
}

export function gleamToml(file: TextFile): GleamToml {
  const { node, problems } = readToml(file);
  const wantsIn = (key: string, isDevelopment: boolean): readonly GleamWant[] =>
    membersOf(child(node, key)).map(({ name, value, whole }) => {
      const version = value.is === "scalar" ? value : child(value, "version");
      return {
        name,
        requirement: wordIn(version),
        requirementAt: version && unquoted(version.at),
        source: sourceOf(value),
        isDevelopment,
        at: whole,
      };
    });
  return {
    name: wordIn(child(node, "name")),
    nameAt: memberOf(node, "name")?.whole,
    version: wordIn(child(node, "version")),
    licenses: wordsIn(child(node, "licences")),
    wants: [
      ...wantsIn("dependencies", false),
      ...wantsIn("dev-dependencies", true),
      ...wantsIn("dev_dependencies", true),
    ],
    problems,
  };
}

function sourceOf(node: Node): PackageSource | undefined {
  const [path, url, ref] = ["path", "git", "ref"].map((key) => wordIn(child(node, key)));
  if (path !== undefined) return { is: "path", path };
  return url === undefined ? undefined : { is: "git", url, ...(ref !== undefined && { commit: ref }) };
}
