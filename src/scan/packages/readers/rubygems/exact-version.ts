/** The one version that a requirement of RubyGems allows: `1.2.3` or `= 1.2.3`. */
export function exactVersion(requirement: string | undefined): string | undefined {
  return /^=?\s*(\d[\w.-]*)$/.exec(requirement?.trim() ?? "")?.[1];
}
