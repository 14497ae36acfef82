/** What a kind of thing consists of: files by path, and what its author does next. */
export type Scaffold = (name: string) => { readonly files: Readonly<Record<string, string>>; readonly next: string };

/** `build-badge` -> `buildBadge`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `build-badge` -> `BuildBadge`. */
export function pascalCase(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** `build-badge` -> `Build badge`. */
export function sentenceCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
}
