/** A symbolic link holds a path, not content. */
export function isSymbolicLink({ mode }: { readonly mode: string }): boolean {
  return mode === "120000";
}
