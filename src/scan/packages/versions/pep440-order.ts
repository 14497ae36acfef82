/** PyPI: PEP 440, and below all of it the versions from before, in the order that setuptools gave them. */
import { compareParts, compareWholes, type VersionOrder, type Whole, wholeOf } from "./version-order.ts";

interface PythonVersion {
  readonly epoch: Whole;
  readonly release: readonly Whole[];
  /** Development releases stand before alphas, a release after all of them. */
  readonly stage: number;
  readonly stageNumber: Whole;
  /** -1 without. */
  readonly post: Whole;
  /** Undefined without: that is the newest. */
  readonly dev: Whole | undefined;
  readonly local: readonly (Whole | string)[];
  /** Of a version from before PEP 440. */
  readonly legacy?: readonly string[];
}

const shape =
  /^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$/;

const stages: Readonly<Record<string, number>> = { a: 1, alpha: 1, b: 2, beta: 2, c: 3, rc: 3, pre: 3, preview: 3 };
const devOnly = 0;
const final = 4;

export const pep440Order: VersionOrder<PythonVersion> = {
  parse,
  compare,
  isPrerelease: ({ stage, dev }) => stage !== final || dev !== undefined,
  isVersion: ({ legacy }) => legacy === undefined || /^\d/.test(legacy[0] ?? ""),
};

function parse(text: string): PythonVersion {
  const version = text.toLowerCase();
  const found = shape.exec(version);
  if (!found) return { ...nothing, legacy: legacyPartsOf(version) };
  const [, epoch = "0", release = "0", stage, stageNumber = "", implicitPost, post, dev, devNumber = "", local] = found;
  return {
    epoch: wholeOf(epoch),
    release: release.split(".").map(wholeOf),
    stage:
      stage === undefined
        ? dev && implicitPost === undefined && post === undefined
          ? devOnly
          : final
        : stages[stage]!,
    stageNumber: wholeOf(stageNumber || "0"),
    post: implicitPost !== undefined ? wholeOf(implicitPost) : post === undefined ? -1 : wholeOf(post || "0"),
    dev: dev ? wholeOf(devNumber || "0") : undefined,
    local: local === undefined ? [] : local.split(/[-_.]/).map((part) => (/^\d+$/.test(part) ? wholeOf(part) : part)),
  };
}

const nothing: PythonVersion = {
  epoch: 0,
  release: [],
  stage: final,
  stageNumber: 0,
  post: -1,
  dev: undefined,
  local: [],
};

function compare(a: PythonVersion, b: PythonVersion): number {
  if (a.legacy || b.legacy) return compareLegacy(a.legacy, b.legacy);
  return (
    compareParts(a.epoch, b.epoch) ||
    compareWholes(a.release, b.release) ||
    a.stage - b.stage ||
    compareParts(a.stageNumber, b.stageNumber) ||
    compareParts(a.post, b.post) ||
    compareDevelopment(a.dev, b.dev) ||
    compareLocal(a.local, b.local)
  );
}

function compareDevelopment(a: Whole | undefined, b: Whole | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return compareParts(a, b);
}

/** Words before numbers; of two that begin alike the longer is the newer. */
function compareLocal(a: readonly (Whole | string)[], b: readonly (Whole | string)[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [a[at]!, b[at]!];
    const isWord = typeof one === "string";
    if (isWord !== (typeof other === "string")) return isWord ? -1 : 1;
    const order = compareParts(one, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareLegacy(a: readonly string[] | undefined, b: readonly string[] | undefined): number {
  if (!a || !b) return a ? -1 : 1;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const order = compareParts(a[at]!, b[at]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const legacyWords: Readonly<Record<string, string>> = { pre: "c", preview: "c", "-": "final-", rc: "c", dev: "@" };

/** Numbers padded so that they compare as text; words begin with an asterisk and so come before numbers. */
function legacyPartsOf(version: string): readonly string[] {
  const parts: string[] = [];
  for (const found of version.split(/(\d+|[a-z]+|\.|-)/)) {
    const part = Object.hasOwn(legacyWords, found) ? legacyWords[found]! : found;
    if (part === "" || part === ".") continue;
    if (/^\d/.test(part)) parts.push(part.padStart(8, "0"));
    else addWord(parts, `*${part}`);
  }
  addWord(parts, "*final");
  return parts;
}

function addWord(parts: string[], word: string): void {
  if (word < "*final") while (parts.at(-1) === "*final-") parts.pop();
  while (parts.at(-1) === "00000000") parts.pop();
  parts.push(word);
}
