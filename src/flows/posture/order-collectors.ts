/** The order in which collectors run: each after those whose facts it asks by, otherwise as they are listed. */
import type { Collector } from "#azure-devops/posture/collector.ts";

export function orderCollectors(collectors: readonly Collector[]): readonly Collector[] {
  const waiting = new Set(collectors);
  const ordered: Collector[] = [];
  while (waiting.size > 0) {
    const keys = new Set([...waiting].map(({ key }) => key));
    const isFree = (one: Collector) =>
      [...(one.after ?? []), ...(one.alsoAfter ?? [])].every((key) => key === one.key || !keys.has(key));
    const next = [...waiting].find(isFree);
    if (!next) throw new Error(`These facts wait for each other: ${[...keys].join(", ")}.`);
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}
