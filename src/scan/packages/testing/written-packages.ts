/** Packages and manifests in a few words, for tests of judges: npm's, direct, for production, unless they say otherwise. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";

const path = "package-lock.json";

export function manifestOf(packages: readonly PackageUse[], more: Partial<Manifest> = {}): Manifest {
  return { path, format: path, ecosystem: "npm", isLocked: true, packages, ...more };
}

/** `lodash@4.17.20`, or `lodash` without a version. */
export function use(text: string, more: Partial<PackageUse> = {}): PackageUse {
  const mark = text.lastIndexOf("@");
  const [name, version] = mark > 0 ? [text.slice(0, mark), text.slice(mark + 1)] : [text, undefined];
  return {
    ecosystem: "npm",
    name,
    ...(version !== undefined && { version }),
    at: span(path, 1, 1, 10),
    relation: "direct",
    isDevelopment: false,
    ...more,
  };
}

function span(file: string, line: number, startColumn: number, endColumn: number): Span {
  return { path: file, startLine: line, startColumn, endLine: line, endColumn };
}
