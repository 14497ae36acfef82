/** The one version that a requirement of Maven or Gradle means; undefined for ranges and what moves. */
export function exactMavenVersion(text: string): string | undefined {
  const bare = /^\[\s*([^,[\]()\s]+)\s*\]$/.exec(text)?.[1] ?? text.trim();
  if (bare === "" || /[[\](),${}\s]/.test(bare)) return undefined;
  const moves = /^(?:LATEST|RELEASE|latest\..*|\+)$|\.\+$|\+$/.test(bare);
  return moves ? undefined : bare;
}
