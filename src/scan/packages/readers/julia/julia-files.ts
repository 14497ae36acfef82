/** Files of Julia's package manager as trees: places of tables without those below them, and what a project names. */
import { child, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import { membersOf, type NamedMember, wordIn, wordsIn } from "../../reading/node-fields.ts";

/** From the header to the last line that is no table of its own. */
export function placeOfTable(node: Node): Place {
  const ends = membersOf(node).flatMap(({ value, whole }) => (value.is === "block" ? [] : [whole.end]));
  return { ...node.at, end: Math.max(node.at.start, ...ends) };
}

export interface JuliaProject {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly wants: readonly JuliaWant[];
}

export interface JuliaWant {
  readonly member: NamedMember;
  readonly requirement: string | undefined;
  readonly requirementAt: Place | undefined;
  readonly group: "normal" | "weak" | "extra";
  /** Asked for by targets such as `test` only. */
  readonly targets: readonly string[];
}

/** Undefined if the file is another program's. */
export function juliaProject(file: TextFile): JuliaProject | undefined {
  const { node } = readToml(file);
  const tables = [
    ["deps", "normal"],
    ["weakdeps", "weak"],
    ["extras", "extra"],
  ] as const;
  const isUuid = (one: NamedMember) => /^[0-9a-f-]{36}$/i.test(wordIn(one.value) ?? "");
  if (!tables.some(([key]) => membersOf(child(node, key)).some(isUuid))) return undefined;
  const targets = membersOf(child(node, "targets"));
  const wants = tables.flatMap(([key, group]) =>
    membersOf(child(node, key)).map((member): JuliaWant => {
      const compat = child(child(node, "compat"), member.name);
      return {
        member,
        requirement: wordIn(compat),
        requirementAt: compat?.at,
        group,
        targets:
          group === "extra"
            ? targets.flatMap(({ name, value }) => (wordsIn(value).includes(member.name) ? [name] : []))
            : [],
      };
    }),
  );
  return { name: wordIn(child(node, "name")), version: wordIn(child(node, "version")), wants };
}
