/** Objects of more bytes are not built: no scanner would read them, and git is asked for what is wanted all the same. */
export const largestObject = 256 * 1024 * 1024;

/** What larger sizes are told as: nothing so large is built. */
const mostSize = 0x7f_ff_ff_ff;

/**
 * A size as an integer of 32 bits. What was worked out as a double stays one in V8, even if it is whole, and makes doubles of that field
 * in all objects of the same form (`{ start, end }`): then each offset is an object of its own, and compiled code that meets one is
 * thrown away. `node --trace-generalization` tells of such fields.
 */
export function wholeSize(size: number): number {
  return Math.min(size, mostSize) | 0;
}
