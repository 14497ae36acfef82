/** The one version that a requirement of RubyGems allows: `1.2.3` or `= 1.2.3`. */
export function exactVersion(requirement: string | undefined): string | undefined {
  return /^\s*=?\s*(\d[\w.-]*)\s*$/.exec(requirement ?? "")?.[1];
}
