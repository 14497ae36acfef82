/** What a `composer.json` asks for: packages, without the platform that they run on. */

import type { FormatProblem } from "../../../formats/format-problem.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { child } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { membersOf, wordIn } from "../../reading/node-fields.ts";

export interface AskedPackage {
  readonly name: string;
  readonly requirement: string;
  readonly requirementAt: Place;
  readonly isDevelopment: boolean;
  readonly at: Place;
}

export interface Asked {
  readonly root?: { readonly name: string; readonly version?: string };
  readonly packages: readonly AskedPackage[];
  readonly problems: readonly FormatProblem[];
}

export function askedIn(file: TextFile): Asked {
  const { node, problems } = readJson(file);
  const in_ = (key: string, isDevelopment: boolean) =>
    membersOf(child(node, key)).flatMap(({ name, value, whole }): AskedPackage[] => {
      const requirement = wordIn(value);
      // Platform packages such as php and ext-json have no vendor.
      if (requirement === undefined || !name.includes("/")) return [];
      return [{ name, requirement, requirementAt: value.at, isDevelopment, at: whole }];
    });
  const name = wordIn(child(node, "name"));
  const version = wordIn(child(node, "version"));
  return {
    ...(name !== undefined && { root: { name, ...(version !== undefined && { version }) } }),
    packages: [...in_("require", false), ...in_("require-dev", true)],
    problems,
  };
}
