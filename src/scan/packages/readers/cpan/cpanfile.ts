/** The literal calls of a `cpanfile`: modules with what is asked for, by phase. Perl is not run. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { packageUse } from "../../reading/package-use.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";

const call =
  /(?:^|[;{]|\s)((?:(?:test|build|configure|author)_)?requires|recommends|suggests)\b\s*\(?\s*(["'])([\w:]+)\2(?:\s*(?:,|=>)\s*(?:(["'])([^"'\n]*)\4|(v?\d[\w.]*)))?/g;
const opens = /\b(on|feature)\b\s*\(?\s*(?:["'](\w[\w-]*)["']|(\w+))[^{]{0,300}\bsub\b\s*\{/g;

export function cpanfileUses(file: TextFile): readonly PackageUse[] {
  const uses: PackageUse[] = [];
  const phases: { readonly name: string; readonly depth: number }[] = [];
  let depth = 0;
  for (const line of linesOf(file.text)) {
    // Longer lines nobody writes by hand.
    if (line.text.length > 2000) continue;
    const text = withoutComment(line.text);
    for (const { 1: word, 2: quoted, 3: bare } of text.matchAll(opens))
      phases.push({ name: word === "on" ? (quoted ?? bare ?? "") : "feature", depth });
    const phase = phases.at(-1)?.name;
    for (const found of text.matchAll(call)) {
      const [, word = "", , name = "", , written, number] = found;
      if (name !== "perl")
        uses.push(useOf(file, { name, word, phase, asked: written ?? number, line: { ...line, text } }));
    }
    depth += (text.match(/\{/g)?.length ?? 0) - (text.match(/\}/g)?.length ?? 0);
    while (phases.length > 0 && depth <= (phases.at(-1)?.depth ?? 0)) phases.pop();
  }
  return uses;
}

function withoutComment(text: string): string {
  const at = text.search(/(?:^|\s)#/);
  return at < 0 ? text : text.slice(0, at);
}

interface Asked {
  readonly name: string;
  /** `requires`, `test_requires`, `recommends`. */
  readonly word: string;
  readonly phase: string | undefined;
  readonly asked: string | undefined;
  readonly line: { readonly text: string; readonly start: number };
}

function useOf(file: TextFile, { name, word, phase, asked, line }: Asked): PackageUse {
  const [, own] = /^(test|build|configure|author)_requires$/.exec(word) ?? [];
  const group = own ?? phase ?? (word === "requires" ? undefined : word);
  const requirement = asked?.trim();
  // A bare version is the least one.
  const version = /^==\s*(v?\d[\w.]*)$/.exec(requirement ?? "")?.[1];
  return packageUse({
    ecosystem: "CPAN",
    name,
    version,
    requirement: requirement === "0" || requirement === "" ? undefined : requirement,
    at: spanOf(placeOfLine(file, line)),
    relation: "direct",
    isDevelopment: group !== undefined && /^(?:test|build|configure|author|develop)$/.test(group),
    groups: group === undefined || group === "runtime" ? [] : [group],
  });
}
