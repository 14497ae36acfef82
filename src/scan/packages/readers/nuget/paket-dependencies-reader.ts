/** `paket.dependencies`: what is asked for, by group; without a `paket.lock` beside it nothing else tells versions. */
import type { Feed, Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { type Place, spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { notLocked, problemAt, readAsText } from "../../reading/manifest-text.ts";
import { linesOf, placeOfLine, type TextLine } from "../../reading/text-lines.ts";
import { isVersion } from "./nuget-version.ts";
import { sourceOf, withoutComment } from "./paket-lines.ts";

/** Directives that name no package. */
const settings =
  /^(?:source|cache|version|storage|references|redirects|framework|frameworks|content|import_targets|copy_local|copy_content_to_output_dir|license_download|lowest_matching|strategy|generate_load_scripts|condition|external_lock|use_unlisted|auto-detect|restriction)\b/i;

export interface PaketDependencies {
  readonly feeds: readonly Feed[];
  readonly packages: readonly PackageUse[];
  readonly problems: readonly Problem[];
}

export function readPaketDependencies(file: TextFile): PaketDependencies {
  const packages: PackageUse[] = [];
  const problems: Problem[] = [];
  const sources: GroupSource[] = [];
  let group = "";
  for (const line of linesOf(file.text)) {
    const text = withoutComment(line.text).trimEnd();
    const [, word = "", rest = ""] = /^\s*([\w-]+)\s*(.*)$/.exec(text) ?? [];
    const kind = word.toLowerCase();
    if (kind === "group") group = rest.trim();
    else if (kind === "source") sources.push(...sourceAt(file, line, rest, group));
    else if (kind === "nuget" || kind === "clitool") packages.push(...nugetUse(file, line, text, rest, group, kind));
    else if (/^(?:github|gist|git|http)$/.test(kind)) packages.push(...remoteUse(file, line, text, kind, rest, group));
    else if (text.trim() !== "" && !settings.test(text.trim()) && problems.length === 0) {
      const message =
        "A word such as 'nuget', 'source' or 'group' was expected at the beginning of this line; the line is left out.";
      problems.push(problemAt(placeOfLine(file, line), "syntax", message));
    }
  }
  return { packages, problems, feeds: feedsOf(sources) };
}

interface GroupSource {
  readonly group: string;
  readonly feed: Feed;
}

/** `source https://... username: "..." password: "..."`; what stands behind the address is left where it is. */
function sourceAt(file: TextFile, line: TextLine, rest: string, group: string): readonly GroupSource[] {
  const [written = ""] = rest.trim().replace(/^"/, "").split(/["\s]/, 1);
  if (!/^https?:\/\//i.test(written)) return [];
  const address = written.replace(/^([a-z+]{1,20}:\/\/)[^/@]*@/i, "$1");
  return [{ group: group.toLowerCase(), feed: { address, at: spanOf(placeOf(file, line, line.text)) } }];
}

/** Paket asks the sources of a group only, and all of them; a group with one has settled it. */
function feedsOf(sources: readonly GroupSource[]): readonly Feed[] {
  const counts = new Map<string, number>();
  for (const { group } of sources) counts.set(group, (counts.get(group) ?? 0) + 1);
  return sources.map(({ group, feed }) => (counts.get(group) === 1 ? { ...feed, isMapped: true } : feed));
}

function placeOf(file: TextFile, line: TextLine, text: string): Place {
  return placeOfLine(file, { text, start: line.start });
}

function inGroup(group: string, more: readonly string[] = []): Pick<PackageUse, "groups"> {
  const groups = [...(group === "" ? [] : [group]), ...more];
  return groups.length > 0 ? { groups } : {};
}

const requirement =
  /^((?:(?:~>|==|>=|<=|=|>|<)\s*)?v?\d[\w.*+-]*(?:\s+(?:~>|>=|<=|>|<)\s*v?\d[\w.*+-]*)*(?:\s+(?:prerelease|alpha|beta|rc))*)/i;

function nugetUse(
  file: TextFile,
  line: TextLine,
  text: string,
  rest: string,
  group: string,
  kind: string,
): readonly PackageUse[] {
  const [name = ""] = rest.split(/\s/, 1);
  if (name === "") return [];
  const asked = requirement.exec(rest.slice(name.length).trimStart())?.[1]?.trim();
  const version = asked === undefined ? undefined : lowestOf(asked);
  const place = placeOf(file, line, text);
  const versionStart =
    version === undefined ? -1 : file.text.indexOf(version, place.start + text.trimStart().indexOf(name) + name.length);
  return [
    {
      ecosystem: "NuGet",
      name,
      ...(version === undefined ? {} : { version }),
      ...(asked === undefined ? {} : { requirement: asked }),
      at: spanOf(place),
      ...(version !== undefined && versionStart >= 0 && versionStart < place.end
        ? { versionAt: spanOf({ file, start: versionStart, end: versionStart + version.length }) }
        : {}),
      relation: "direct",
      isDevelopment: kind === "clitool",
      ...inGroup(group, kind === "clitool" ? ["build tool"] : []),
    },
  ];
}

/** The version that `= 1.0`, `== 1.0`, `>= 1.0`, `~> 1.0` and `1.0` begin with; an upper bound alone tells nothing. */
function lowestOf(asked: string): string | undefined {
  const [, version = ""] = /^(?:~>|==|>=|=)?\s*(v?\d[\w.+-]*)/.exec(asked) ?? [];
  return isVersion(version) ? version : undefined;
}

function remoteUse(
  file: TextFile,
  line: TextLine,
  text: string,
  kind: string,
  rest: string,
  group: string,
): readonly PackageUse[] {
  const [where = "", ...more] = rest.trim().split(/\s+/);
  if (where === "") return [];
  const colon = kind === "github" || kind === "gist" ? where.indexOf(":") : -1;
  const address = colon > 0 ? where.slice(0, colon) : where;
  const version =
    colon > 0 ? where.slice(colon + 1) : kind === "git" ? more.find((word) => /^[\w.-]+$/.test(word)) : undefined;
  const isCommit = /^[\da-f]{7,64}$/i.test(version ?? "");
  return [
    {
      ecosystem: "Generic",
      name: address,
      ...(version === undefined || version === "" || isCommit ? {} : { version }),
      at: spanOf(placeOf(file, line, text)),
      relation: "direct",
      isDevelopment: false,
      ...inGroup(group),
      source: sourceOf(kind, address, isCommit ? version : undefined),
    },
  ];
}

function read(file: TextFile): PackagesRead {
  const { packages, problems, feeds } = readPaketDependencies(file);
  const manifest: Manifest = {
    path: file.path,
    format: "paket.dependencies",
    ecosystem: "NuGet",
    isLocked: false,
    packages,
    ...(feeds.length > 0 && { feeds }),
  };
  const notices = packages.length > 0 ? [notLocked(file, "paket.lock")] : [];
  return { manifests: [manifest], problems: [...problems, ...notices] };
}

export const readers: readonly PackageReader[] = [
  {
    format: "paket.dependencies",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)paket\.dependencies$/i.test(path),
    alone: "unless-claimed",
    read: (file) => readAsText(file, read),
  },
];
