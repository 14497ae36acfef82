/** What can be told of a version from what is asked for: NuGet takes the lowest version that is allowed. */

/** `1.0` and `[1.0]` and `[1.0, 2.0)` give 1.0; a floating or exclusive bound gives nothing. */
export function lowestVersion(requirement: string): string | undefined {
  const text = requirement.trim();
  const bound = /^\[\s*([^,\]\s)]{1,100})\s*(?:\]|,[^,]{0,100}[\])])$/.exec(text)?.[1] ?? text;
  return isVersion(bound) ? bound : undefined;
}

/** Up to four numbers, prerelease labels, build metadata. */
export function isVersion(text: string): boolean {
  return text.length <= 200 && /^v?\d+(?:\.\d+){0,3}(?:-[\w.-]+)?(?:\+[\w.-]+)?$/i.test(text);
}
