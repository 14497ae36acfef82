/** Makes the pattern of an ILIKE that finds `search` literally. */
export function containsText(search: string): string {
  return `%${search.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
