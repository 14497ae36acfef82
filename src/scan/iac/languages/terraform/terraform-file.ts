/** Which files are Terraform's (and OpenTofu's), by their names. */

export type FileKind = "configuration" | "values" | "installed";

export function kindOfFile(path: string): FileKind | undefined {
  if (/\.(?:tf|tofu)(?:\.json)?$/.test(path)) return "configuration";
  if (/\.tfvars(?:\.json)?$/.test(path)) return "values";
  return /(?:^|\/)\.terraform\/modules\/modules\.json$/.test(path) ? "installed" : undefined;
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
