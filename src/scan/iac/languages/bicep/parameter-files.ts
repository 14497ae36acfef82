/** Values of bicepparam files, with those of the files that they extend, and what several files agree in. */
import { unknownOf } from "../../../formats/azure-template/values.ts";
import type { Block, Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { type Library, openTemplate } from "./open-template.ts";
import { localPath } from "./source.ts";
import { placeOf, type Source } from "./template.ts";

/** Values of a bicepparam file, with those that it extends. */
export function parametersOf(source: Source, library: Library, depth = 0): (name: string) => Node | undefined {
  const extended = source.statements.find(({ is }) => is === "extends");
  const path = extended?.is === "extends" ? localPath(source.file.path, extended.path) : undefined;
  const below = path !== undefined && depth < 5 ? library.source(path) : undefined;
  const inherited = below && parametersOf(below, library, depth + 1);
  const base = inherited && inheritedBlock(inherited, { file: below.file, start: 0, end: below.file.text.length });
  const template = openTemplate(source, { value: () => undefined, base }, library);
  return (name) => {
    const named = source.names.get(name);
    if (named?.is === "param" && named.value) return template.lookup(name, placeOf(named, { template }));
    return inherited?.(name);
  };
}

function inheritedBlock(inherited: (name: string) => Node | undefined, at: Place): Block {
  return {
    is: "block",
    at,
    keys: () => [],
    get: (key) => {
      const value = inherited(key);
      return value && { key: value.at, whole: value.at, value };
    },
    open: "not all values of the extended file are known",
  };
}

/** Several files may hold values for one template: what they agree in is known. */
export function agreed(files: readonly ((name: string) => Node | undefined)[]): (name: string) => Node | undefined {
  return (name) => {
    const given = files.map((file) => file(name));
    const [first] = given;
    if (given.every((value) => sameText(value, first))) return first;
    const one = given.find((value) => value !== undefined);
    return one && unknownOf(one.at, `the parameter files give ${name} different values`, { text: `\${${name}}` });
  };
}

function sameText(a: Node | undefined, b: Node | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a.is === "scalar" && b.is === "scalar") return a.value === b.value;
  return a.at.file.text.slice(a.at.start, a.at.end) === b.at.file.text.slice(b.at.start, b.at.end) && isPlain(a);
}

/** Blocks and lists are compared by their text, which says all only if it names nothing. */
function isPlain(node: Node): boolean {
  if (node.is === "list") return node.open === undefined && node.items.every(isPlain);
  if (node.is === "block") return node.open === undefined && node.keys().every((key) => isPlainMember(node, key));
  return node.is === "scalar" && node.from === undefined;
}

function isPlainMember(block: Block, key: string): boolean {
  const member = block.get(key);
  return member !== undefined && isPlain(member.value);
}
