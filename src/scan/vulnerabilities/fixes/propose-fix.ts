/**
 * The edits that raise a package, or the words where no edit is sound: lock files with checksums are left to the tools that
 * write them, and what stands in a file that was not read here is not guessed.
 */
import type { Fix, TextEdit } from "#model/finding.ts";
import type { Upgrade } from "#model/package-finding.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";
import { compareVersions } from "../../packages/versions.ts";
import { crossesMajor } from "../choose-upgrade.ts";
import { commandFor, lockCommands } from "./lock-commands.ts";
import { pinBeside } from "./pin-beside.ts";
import { type RaisedText, raisedText } from "./raised-text.ts";

export interface ToRaise {
  readonly use: PackageUse;
  readonly from: string;
  readonly to: string;
}

interface FixAbout {
  readonly manifest: Manifest;
  readonly upgrade: Upgrade;
  /** The first is the one that the finding is at. */
  readonly all: readonly [ToRaise, ...ToRaise[]];
  /** The direct dependency that brings it in. */
  readonly broughtBy?: PackageUse | undefined;
  /** All of that name in the manifest. */
  readonly namesakes: () => readonly PackageUse[];
}

export function proposeFix(about: FixAbout): Fix {
  const { manifest, upgrade, all } = about;
  const [{ use, to }] = all;
  const edits = all.flatMap((one) => editOf(manifest, one) ?? []);
  if (edits.length > 0) return raise(manifest, all, edits);
  if (upgrade.by === "override") return override(about);
  const title =
    use.ecosystem === ".NET" ? `Install ${use.name} ${to} where it runs, or name a newer image` : raiseInWords(about);
  return { title, safe: false, edits: [] };
}

function override(about: FixAbout): Fix {
  const { manifest, upgrade, broughtBy } = about;
  const { name, to } = upgrade;
  const pins = broughtBy && pinBeside(broughtBy, name, to);
  if (pins) {
    const title = `Pin ${name} to ${to} beside ${broughtBy.name}${followedBy(manifest, name, to)}`;
    return { title, safe: false, edits: pins };
  }
  const { override: how } = lockCommands(manifest.format);
  if (how === undefined) return { title: raiseInWords(about), safe: false, edits: [] };
  const isForAll = isRaisedByAll(about);
  const edit = isForAll ? pinWhereOffered(manifest, name, to) : undefined;
  const where = isForAll ? how : `${how}, and only where that version is asked for`;
  const title = `Override ${name}${origin(about)} to ${to} ${where}${followedBy(manifest, name, to)}`;
  return { title, safe: false, edits: edit ? [edit] : [] };
}

/** One version for all must be what each that is affected needs, and must not change the others much. */
function isRaisedByAll({ all, upgrade: { to }, namesakes }: FixAbout): boolean {
  const needed = new Map(all.map((one) => [one.use, one.to]));
  return namesakes().every((use) => {
    const { ecosystem, relation, version } = use;
    if (relation === "direct" || version === undefined) return false;
    if (needed.has(use)) return needed.get(use) === to;
    return compareVersions(ecosystem, version, to) <= 0 && !crossesMajor(ecosystem, version, to);
  });
}

function pinWhereOffered({ pinAt }: Manifest, name: string, version: string): TextEdit | undefined {
  const isPlain = [name, version].every((word) => /^[\w@./+~-]+$/.test(word));
  if (!pinAt || !isPlain) return undefined;
  return { at: pinAt.at, text: pinAt.text.replace("NAME", () => name).replace("VERSION", () => version) };
}

function origin({ broughtBy }: FixAbout): string {
  return broughtBy ? `, which ${broughtBy.name} brings in,` : "";
}

function raiseInWords(about: FixAbout): string {
  const { name, to, by } = about.upgrade;
  const { alone } = lockCommands(about.manifest.format);
  const command = alone === undefined ? undefined : commandFor(alone, name, to);
  const words = `Raise ${name}${by === "override" ? origin(about) : ""} to ${to}`;
  return command === undefined ? words : `${words}: run \`${command}\``;
}

interface Raising extends TextEdit {
  readonly isInForm: boolean;
}

function raise(manifest: Manifest, all: FixAbout["all"], edits: readonly Raising[]): Fix {
  const [{ use, to }] = all;
  const isSmall = all.every((one) => !crossesMajor(one.use.ecosystem, one.from, one.to) && !changesLanguage(one));
  const isOwn = all.every((one) => one.use.relation === "direct") && edits.length === all.length;
  const title = `Raise ${titleName(use)} to ${to}${followedBy(manifest, use.name, to)}`;
  const places = new Set<string>();
  const unique = edits.filter(({ at }) => {
    const place = `${at.path}:${at.startLine}:${at.startColumn}`;
    return !places.has(place) && places.add(place);
  });
  return {
    title,
    safe:
      isSmall && isOwn && lockCommands(manifest.format).also === undefined && edits.every(({ isInForm }) => isInForm),
    edits: unique.map(({ at, text }) => ({ at, text })),
  };
}

/** Go's second number: what the compiler accepts and how old settings are read. */
function changesLanguage({ use, from, to }: ToRaise): boolean {
  const lineOf = (version: string) => version.split(".").slice(0, 2).join(".");
  return isGoItself(use) && lineOf(from) !== lineOf(to);
}

function isGoItself({ ecosystem, name }: PackageUse): boolean {
  return ecosystem === "Go" && name === "stdlib";
}

function titleName(use: PackageUse): string {
  return isGoItself(use) ? "Go" : use.name;
}

function editOf(manifest: Manifest, { use, from, to }: ToRaise): Raising | undefined {
  const { versionAt } = use;
  if (!versionAt || !isEditable(manifest, use)) return undefined;
  const raised = use.ecosystem === ".NET" ? raisedTag(manifest, use, to) : raisedText(use, from, to);
  return raised && { at: versionAt, text: raised.text, isInForm: raised.isInForm };
}

/** Of an image the rest of the tag stays: `8.0.3-alpine`. One with a digest is what the digest says. */
function raisedTag({ packages }: Manifest, use: PackageUse, to: string): RaisedText | undefined {
  const { version, versionAt } = use;
  const image = packages.find((one) => one.ecosystem === "Docker" && isSamePlace(one.versionAt, versionAt));
  if (!image) return version === undefined ? undefined : raisedText(use, version, to);
  if (image.integrity !== undefined || version === undefined) return undefined;
  const rest = image.version?.startsWith(version) ? image.version.slice(version.length) : undefined;
  return rest === undefined ? undefined : { text: `${to}${rest}`, isInForm: rest === "" };
}

function isSamePlace(one: Span | undefined, other: Span | undefined): boolean {
  if (!one || !other) return false;
  return one.path === other.path && one.startLine === other.startLine && one.startColumn === other.startColumn;
}

/** Files whose packages are all exact, and which people edit: nothing else in them depends on the version. */
const exactButEditable = new Set([
  "go.mod",
  "packages.config",
  "requirements.txt",
  "gradle.lockfile",
  "dotnet-tools.json",
]);

function isEditable({ path, isLocked, format }: Manifest, { versionAt, integrity }: PackageUse): boolean {
  if (format === "verification-metadata.xml") return false;
  if (!isLocked || versionAt?.path !== path) return true;
  // The checksums of Go stand in another file, which a command writes.
  return exactButEditable.has(format) && (integrity === undefined || format === "go.mod");
}

function followedBy({ format }: Manifest, name: string, to: string): string {
  const { after, also } = lockCommands(format);
  const command = after === undefined ? undefined : commandFor(after, name, to);
  return `${also === undefined ? "" : `, ${also}`}${command === undefined ? "" : `, then run \`${command}\``}`;
}
