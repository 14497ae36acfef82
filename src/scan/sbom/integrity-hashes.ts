/**
 * Hashes of package files, decoded from what lock files write. What is no hash of the file that a registry hands out (a
 * commit, a tree, Go's `h1:`, Yarn's own archive, what NuGet writes) gives none: whoever checks a download against it would
 * be misled.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageUse } from "#model/package-manifest.ts";

export interface FileHash {
  readonly algorithm: HashAlgorithm;
  /** Lower case. */
  readonly hex: string;
}

/** Weakest first. */
const lengths = { MD5: 16, "SHA-1": 20, "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 } as const;

export type HashAlgorithm = keyof typeof lengths;

/** Ecosystems whose lock files write a hash without its name. */
const unnamed: Partial<Readonly<Record<Ecosystem, HashAlgorithm>>> = {
  "crates.io": "SHA-256",
  Hex: "SHA-256",
  Pub: "SHA-256",
  Packagist: "SHA-1",
};

/** Ecosystems whose hashes are of something else: of a manifest, a recipe, a source tree. */
const ofOtherThings: ReadonlySet<Ecosystem> = new Set([
  "Go",
  "Hackage",
  "Julia",
  "SwiftURL",
  "CocoaPods",
  "CRAN",
  "ConanCenter",
  "Deno",
  "GitHub Actions",
]);

/**
 * NuGet's own files: a hash of what the package holds without its signature, and nuget.org signs every package
 * (https://github.com/NuGet/Home/issues/10787). Bills of other tools write `SHA-512:HEX`.
 */
const ofNuGet = /^sha512-/i;

const longest = 2000;

/** The strongest first, one of each algorithm. */
export function hashesOf({ ecosystem, integrity }: Pick<PackageUse, "ecosystem" | "integrity">): readonly FileHash[] {
  if (integrity === undefined || integrity.length > longest || ofOtherThings.has(ecosystem)) return [];
  const found: FileHash[] = [];
  for (const word of integrity.split(/[\s,]+/)) {
    if (ecosystem === "NuGet" && ofNuGet.test(word)) continue;
    const hash = namedHash(word) ?? unnamedHash(ecosystem, word);
    if (hash && !found.some(({ algorithm }) => algorithm === hash.algorithm)) found.push(hash);
  }
  return found.length < 2 ? found : found.sort((a, b) => lengths[b.algorithm] - lengths[a.algorithm]);
}

/** `sha512-BASE64?options`, `sha256:HEX`, `SHA-256=HEX`. */
function namedHash(word: string): FileHash | undefined {
  const [, family = "", size = "", value = ""] = /^(md|sha)-?(5|1|256|384|512)[-:=]([^?]+)/i.exec(word) ?? [];
  const name = `${family.toUpperCase()}${family.length === 2 ? "" : "-"}${size}`;
  return isAlgorithm(name) ? decoded(name, value) : undefined;
}

function isAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(lengths, name);
}

function unnamedHash(ecosystem: Ecosystem, word: string): FileHash | undefined {
  const algorithm = unnamed[ecosystem];
  return algorithm && decoded(algorithm, word);
}

function decoded(algorithm: HashAlgorithm, value: string): FileHash | undefined {
  const length = lengths[algorithm];
  if (value.length === length * 2 && /^[\da-f]+$/i.test(value)) return { algorithm, hex: value.toLowerCase() };
  if (!/^[\w+/-]+={0,2}$/.test(value)) return undefined;
  const bytes = Buffer.from(value, "base64");
  return bytes.length === length ? { algorithm, hex: bytes.toString("hex") } : undefined;
}
