/** Which files are Terraform's (and OpenTofu's), by their names. */
import type { SourceFile } from "#model/source-file.ts";

export type FileKind = "configuration" | "values" | "installed";

export function kindOfFile(path: string): FileKind | undefined {
  if (/\.(?:tf|tofu)(?:\.json)?$/.test(path)) return "configuration";
  if (/\.tfvars(?:\.json)?$/.test(path)) return "values";
  return /(?:^|\/)\.terraform\/modules\/modules\.json$/.test(path) ? "installed" : undefined;
}

/** Files that `file` and `templatefile` may read: what they are for, their names do not tell. */
const template = /\.(?:tftpl|tpl|tmpl)$/;
const text = /\.(?:json|ya?ml|sh|ps1|txt|cfg|conf|ini|xml)$/;
const longestText = 256 * 1024;

export function mayBeRead(path: string): boolean {
  return template.test(path) || text.test(path);
}

/** Policies, scripts and what has gaps to fill: without this every text of a repository would be kept. */
export function isWorthReading(file: SourceFile): boolean {
  if (kindOfFile(file.path) !== undefined || template.test(file.path)) return true;
  if (file.size > longestText) return false;
  const content = file.text() ?? "";
  return /^#|[$%]\{|"Statement"/.test(content);
}

/** Values that Terraform loads by itself, the last word last. Others are for people to name on the command line. */
export function valuesOrder<F extends { readonly path: string }>(files: readonly F[]): readonly F[] {
  const rank = (path: string) => {
    if (/(?:^|\/)terraform\.tfvars$/.test(path)) return 1;
    if (/(?:^|\/)terraform\.tfvars\.json$/.test(path)) return 2;
    return /\.auto\.tfvars(?:\.json)?$/.test(path) ? 3 : 0;
  };
  return files
    .filter(({ path }) => rank(path) > 0)
    .toSorted((a, b) => rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : 1));
}
