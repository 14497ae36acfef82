/** Helm looks at no other ending, and passes over names that begin so. */
const inCharts = /(?:^|\/)charts\/[^/._][^/]*\.tgz$/;

/** True for a packed chart where a chart has its parts. */
export function isChartArchive(path: string): boolean {
  return inCharts.test(path);
}

/** True for whatever may be a packed chart; other tools pack with this ending, too. */
export function isArchive(path: string): boolean {
  return path.endsWith(".tgz");
}
