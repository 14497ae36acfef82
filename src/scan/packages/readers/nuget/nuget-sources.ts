/**
 * Where a `nuget.config` lets packages come from, as far as this one file says it: whether names that are private could be
 * taken from a public feed is judged elsewhere. Credentials are not read.
 */
import type { Span } from "#model/span.ts";
import type { FormatProblem } from "../../../formats/format-problem.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readXml } from "../../../formats/xml/read-xml.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../../../formats/xml/xml-element.ts";

export interface NugetSources {
  /** `<clear/>` stands in it: sources of files above it, and of the machine, do not count. */
  readonly isCleared: boolean;
  /** In order, without those that the file itself switches off or clears. */
  readonly sources: readonly NugetSource[];
  /** Which source may give which packages; empty without `packageSourceMapping`. */
  readonly mapping: readonly SourceMapping[];
  /** The section `packageSources`, or the file's element without it. */
  readonly at?: Span;
  /** Why the file is no such settings, or not to its end. */
  readonly problems: readonly FormatProblem[];
}

export interface NugetSource {
  readonly name: string;
  /** An address or a folder, without user and password. */
  readonly location: string;
  readonly at: Span;
}

export interface SourceMapping {
  readonly source: string;
  /** `Contoso.*`, `*`, or a whole name. */
  readonly patterns: readonly string[];
  readonly at: Span;
}

export function readNugetSources(file: TextFile): NugetSources {
  const { root, problems } = readXml(file);
  const section = childOf(root, "packageSources");
  const cleared = section?.children.findLastIndex(({ name }) => name === "clear") ?? -1;
  const switchedOff = new Set(
    childrenOf(childOf(root, "disabledPackageSources"), "add")
      .filter((element) => valueIn(element, "value").toLowerCase() !== "false")
      .map((element) => valueIn(element, "key").toLowerCase()),
  );
  const sources = new Map<string, NugetSource>();
  for (const element of section?.children.slice(cleared + 1) ?? []) {
    const name = valueIn(element, "key");
    if (element.name === "remove") sources.delete(name.toLowerCase());
    else if (element.name === "add" && name !== "" && !switchedOff.has(name.toLowerCase()))
      sources.set(name.toLowerCase(), {
        name,
        location: withoutUser(valueIn(element, "value")),
        at: spanOf(element.at),
      });
  }
  const place = section ?? root;
  return {
    isCleared: cleared >= 0,
    sources: [...sources.values()],
    mapping: mappingOf(childOf(root, "packageSourceMapping")),
    problems: root?.name === "configuration" ? problems : [otherElement(file, root)],
    ...(place ? { at: spanOf(place.at) } : {}),
  };
}

/** NuGet refuses such a file. */
function otherElement(file: TextFile, root: XmlElement | undefined): FormatProblem {
  const found = root ? `<${root.name.slice(0, 50)}>` : "no element";
  const place = root?.at ?? { file, start: 0, end: Math.min(1, file.text.length) };
  return { code: "syntax", message: `the element <configuration> was expected here, and there is ${found}`, place };
}

function valueIn(element: XmlElement, name: string): string {
  return attributeOf(element, name)?.value.trim() ?? "";
}

function withoutUser(location: string): string {
  return location.replace(/^([a-z+]{1,20}:\/\/)[^/@]*@/i, "$1");
}

function mappingOf(section: XmlElement | undefined): readonly SourceMapping[] {
  const cleared = section?.children.findLastIndex(({ name }) => name === "clear") ?? -1;
  const own = section?.children.slice(cleared + 1) ?? [];
  return own
    .filter(({ name }) => name === "packageSource")
    .map((element) => ({
      source: valueIn(element, "key"),
      patterns: childrenOf(element, "package").map((one) => valueIn(one, "pattern")),
      at: spanOf(element.at),
    }));
}
