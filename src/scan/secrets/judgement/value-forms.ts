/** Forms that say nothing of what a value is for: sums and ids are written so, and some keys are, too. */

export function isHash(value: string): boolean {
  return [32, 40, 64, 96, 128].includes(value.length) && /^[0-9a-f]+$/i.test(value);
}

export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value);
}
