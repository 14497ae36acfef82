/** Faults on demand: taking the ones that apply to a call or a delivery. */
import type { Fault, World } from "./world.ts";

/** The first fault of this kind whose text occurs in `subject`; a limited one is used up by being taken. */
export function takeFault(world: World, is: Fault["is"], subject: string): Fault | undefined {
  const lower = subject.toLowerCase();
  const index = world.faults.findIndex(
    (fault) => fault.is === is && (fault.matches === undefined || lower.includes(fault.matches.toLowerCase())),
  );
  const fault = world.faults[index];
  if (!fault) return undefined;
  if (fault.times !== undefined) {
    fault.times -= 1;
    if (fault.times <= 0) world.faults.splice(index, 1);
  }
  return fault;
}
