/** One buffer in which objects find a place and give it back, in any order; few are there at a time. */
import { PackDamage } from "./pack-damage.ts";

export interface Arena {
  /** Another buffer after a `take` that had to grow it; places stay the same. */
  bytes(): Buffer;
  take(size: number): number;
  release(at: number): void;
}

const firstSize = 8 * 1024 * 1024;
/** Room before and after each object: inflating writes one byte more than it should to see what is too long. */
const gap = 16;

export function openArena(largest = 768 * 1024 * 1024): Arena {
  let bytes = Buffer.allocUnsafeSlow(firstSize);
  /** Taken places as pairs of start and end, in order. */
  const taken: { start: number; end: number }[] = [];
  return {
    bytes: () => bytes,
    take(size) {
      let start = 0;
      let index = 0;
      for (; index < taken.length; index++) {
        const one = taken[index]!;
        if (one.start - start >= size + gap) break;
        start = one.end;
      }
      const end = start + size + gap;
      if (end > bytes.length) {
        if (end > largest) throw new PackDamage("more memory than is given");
        const wider = Buffer.allocUnsafeSlow(Math.min(largest, Math.max(end, bytes.length * 2)));
        bytes.copy(wider);
        bytes = wider;
      }
      taken.splice(index, 0, { start, end });
      return start;
    },
    release(at) {
      const index = taken.findIndex(({ start }) => start === at);
      if (index >= 0) taken.splice(index, 1);
    },
  };
}
