import { remembered } from "../text/remembered.ts";
import {
  codeExtensions,
  configFormats,
  copied,
  type Format,
  joiningExtensions,
  type Kind,
  lockNames,
  shellExtensions,
  skipped,
  textFormats,
} from "./path-formats.ts";

/** All that the secrets scanner reads from a path. Two paths with the same facts give the same result. */
export interface PathFacts {
  readonly kind: Kind;
  readonly format: Format;
  /** Test, example or documentation path: lowers severity, never hides. */
  readonly sample: boolean;
}

/** Of a blob whose path is not known (yet): whatever some path would allow is allowed. */
export const anyFacts: PathFacts = { kind: "any", format: "any", sample: false };

/** No kind is called like a format. */
export type KindOrFormat = Kind | Format;

/** True if the path is, or could be, of one of these kinds or formats. */
export function mayBe(facts: PathFacts, ...names: readonly KindOrFormat[]): boolean {
  return mayBeOf(facts, names);
}

export function mayBeOf({ kind, format }: PathFacts, names: readonly KindOrFormat[]): boolean {
  return kind === "any" || names.includes(kind) || names.includes(format);
}

/** True if the path is known to be of one of these kinds or formats. */
export function surely({ kind, format }: PathFacts, ...names: readonly KindOrFormat[]): boolean {
  return kind !== "any" && (names.includes(kind) || names.includes(format));
}

const samplePath =
  /(^|[/._-])(tests?|testing|specs?|__tests__|__mocks__|mocks?|fixtures?|__snapshots__|testdata|test-?data|test-?utils?|examples?|samples?|docs?|documentation|tutorials?|demo|stories|e2e)([/._-]|$)|\.snap$/i;

/** `Shop.UnitTests/`, `OrderTest.java`, `PaymentSpec.scala`: words that begin with a capital in the middle of a name. */
const sampleWord = /[a-z0-9](Tests?|Specs?|Mocks?|Fixtures?|TestData|Samples|Examples)([/._-]|$)/;

/** `poetry.11.lock`, `package-lock.v1.json`, `go.2.sum`: copies of lock files under other names. */
const lockPattern = /\.lock(\.\w+)?$|(^|[._-])lock([._-]?v?\d+)?\.(json|ya?ml|hcl|txt)$|^go[\w.-]*\.sum$/;

const known = remembered<PathFacts | undefined>();

/** Undefined if the scanner never looks at such a file: images, archives, fonts, compiled code. */
export function pathFacts(path: string): PathFacts | undefined {
  // Asked for each file when it is listed, when scanners are chosen and when it is scanned.
  return known(path, () => factsOf(path));
}

function factsOf(path: string): PathFacts | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (skipped.has(extensionOf(name))) return undefined;
  const sample = samplePath.test(path) || sampleWord.test(path);
  const original = name.replace(copied, "");
  const extension = extensionOf(original);
  const settings = configFormats.get(extension);
  const text = textFormats.get(extension);
  if (isData(name, extension)) return { kind: "data", format: settings ?? text ?? "other", sample };
  const format = specialFormat(path.toLowerCase(), original, extension) ?? settings;
  if (format !== undefined) return { kind: "config", format, sample };
  if (text !== undefined) return { kind: "text", format: text, sample };
  if (shellExtensions.has(extension)) return { kind: "code", format: "shell", sample };
  if (joiningExtensions.has(extension)) return { kind: "code", format: "joining", sample };
  return { kind: "code", format: codeExtensions.has(extension) ? "other" : "plain", sample };
}

/** What follows the last dot; empty if there is none. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(dot + 1);
}

function isData(name: string, extension: string): boolean {
  return (
    lockNames.has(name) ||
    lockPattern.test(name) ||
    extension === "map" ||
    extension === "svg" ||
    /[.-]min\.(js|css|mjs)$/.test(name)
  );
}

const pipelinePath = /azure-?pipelines?|(^|\/)\.?(pipelines?|azuredevops|ado|build|ci)\//;

/** What the whole name or the folder says, whatever the extension. */
function specialFormat(path: string, name: string, extension: string): Format | undefined {
  if (name === "nuget.config") return "nuget";
  if (name === "settings.xml") return "maven";
  if (name === "npmrc") return "npmrc";
  if (name === "kubeconfig" || path.endsWith(".kube/config")) return "yaml";
  if (
    /^\.env($|[.-])|^env\.(blade\.php|j2|jinja2?|erb|ejs|tmpl|tpl|template|example|sample|dist)$/.test(name) ||
    name === "_netrc"
  )
    return "env";
  if (/^(dockerfile|containerfile)($|\.)/.test(name)) return "dockerfile";
  if (/(^|\/)\.ebextensions\//.test(path)) return "yaml";
  if ((extension === "yml" || extension === "yaml") && pipelinePath.test(path)) return "pipeline";
  if (
    /^(credentials|pip\.conf|\.?(git-credentials|htpasswd|htaccess|s3cfg|boto|pgpass|my\.cnf|(msmtp|mbsync|fetchmail|mutt)rc))$/.test(
      name,
    )
  )
    return "ini";
  return undefined;
}

/** The class under which results may be shared between paths. */
export function factsKey(facts: PathFacts): string {
  return `${facts.kind}:${facts.format}:${facts.sample ? "sample" : ""}`;
}
