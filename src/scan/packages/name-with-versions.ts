/** `lodash`, `lodash 4.17.20`, `lodash (3.10.1, 4.17.20)`: a package as messages name it, each version once. */
export function nameWithVersions(name: string, versions: readonly (string | undefined)[]): string {
  const all = [...new Set(versions.flatMap((version) => version ?? []))];
  if (all.length === 0) return name;
  if (all.length === 1) return `${name} ${all[0]}`;
  const shown = all.length > mostShown ? [...all.slice(0, mostShown), "..."] : all;
  return `${name} (${shown.join(", ")})`;
}

const mostShown = 5;
