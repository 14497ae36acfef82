/**
 * Hex's older sum is of what stands within a package's archive, not of the archive: it may not be taken for that one's
 * (https://github.com/hexpm/specifications, package_tarball).
 */
export function innerSum(sum: string | undefined): string | undefined {
  return sum === undefined ? undefined : `inner:${sum}`;
}
