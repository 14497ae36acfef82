/** Age counts in steps, so that a score changes on few days and each change can be foreseen. */
const steps = [
  { fromDay: 0, value: 0 },
  { fromDay: 7, value: 0.25 },
  { fromDay: 30, value: 0.5 },
  { fromDay: 90, value: 0.75 },
  { fromDay: 180, value: 1 },
] as const;

export const ageSteps = {
  valueOf: (days: number): number => steps.findLast(({ fromDay }) => days >= fromDay)?.value ?? 0,
  /** The day of the next step; undefined after the last. */
  nextAfter: (days: number): number | undefined => steps.find(({ fromDay }) => fromDay > days)?.fromDay,
};
