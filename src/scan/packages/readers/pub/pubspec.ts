/** What a `pubspec.yaml` asks for, with the places. */
import type { PackageSource } from "#model/package-manifest.ts";
import type { FormatProblem } from "../../../formats/format-problem.ts";
import { child, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { memberOf, membersOf, unquoted, wordIn } from "../../reading/node-fields.ts";

export interface Pubspec {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly nameAt: Place | undefined;
  readonly wants: readonly PubspecWant[];
  readonly problems: readonly FormatProblem[];
}

export interface PubspecWant {
  readonly name: string;
  readonly requirement: string | undefined;
  readonly requirementAt: Place | undefined;
  readonly source: PackageSource | undefined;
  readonly isDevelopment: boolean;
  /** Part of an SDK, such as flutter. */
  readonly isSdk: boolean;
  readonly at: Place;
}

export function pubspecOf(file: TextFile): Pubspec {
  const { documents, problems } = readYaml(file);
  const node = documents[0]?.node;
  const overrides = new Map(membersOf(child(node, "dependency_overrides")).map((one) => [one.name, one]));
  const wantsIn = (key: string, isDevelopment: boolean): readonly PubspecWant[] =>
    membersOf(child(node, key)).map((asked) => {
      const { name, value, whole } = overrides.get(asked.name) ?? asked;
      const version = value.is === "scalar" ? value : child(value, "version");
      return {
        name,
        requirement: wordIn(version),
        requirementAt: version && wordIn(version) !== undefined ? unquoted(version.at) : undefined,
        source: sourceOf(value),
        isDevelopment,
        isSdk: child(value, "sdk") !== undefined,
        at: whole,
      };
    });
  return {
    name: wordIn(child(node, "name")),
    version: wordIn(child(node, "version")),
    nameAt: memberOf(node, "name")?.whole,
    wants: [...wantsIn("dependencies", false), ...wantsIn("dev_dependencies", true)],
    problems,
  };
}

function sourceOf(node: Node): PackageSource | undefined {
  const path = wordIn(child(node, "path"));
  if (path !== undefined) return { is: "path", path };
  const git = child(node, "git");
  const url = wordIn(git) ?? wordIn(child(git, "url"));
  return url === undefined ? undefined : { is: "git", url };
}
