/** Lists of numbers, no longer than the room allows. */
import type { Room } from "../room.ts";
import { TemplateFailure } from "../template-function.ts";
import { int, type ListValue } from "../value.ts";

export function numberRange(from: number, to: number, step: number, room: Room): ListValue {
  if (step === 0) throw new TemplateFailure("the step is zero");
  const count = Math.max(0, Math.ceil((to - from) / step));
  room.spend(count);
  return { is: "list", items: Array.from({ length: count }, (_, turn) => int(from + turn * step)) };
}
