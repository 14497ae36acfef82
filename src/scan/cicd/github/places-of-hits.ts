/** Where the parts of a file stand that hits belong to: jobs, steps, and the keys within them. */
import type { Block } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";
import type { Hit } from "../cicd-rule.ts";
import { type GithubFile, jobsOf, stepsOf } from "./workflow.ts";

/** By the address of each hit; its nearest part counts: `build/compile/run` of `build/compile/run: github.head_ref`. */
export function placesOfHits(file: GithubFile, hits: readonly Hit[]): ReadonlyMap<string, Place> {
  const parts = new Map<string, Place>();
  const add = (address: string, at: Place, body: Block) => {
    parts.set(address, at);
    for (const key of body.keys().slice(0, 50)) {
      const member = body.get(key);
      if (member) parts.set(`${address}/${key}`, member.key);
    }
  };
  for (const { id, at, body } of jobsOf(file)) add(id, at, body);
  for (const { address, at, body } of stepsOf(file)) add(address, at, body);
  const places = new Map<string, Place>();
  for (const { address } of hits) {
    const place = nearest(parts, address);
    if (place) places.set(address, place);
  }
  return places;
}

function nearest(parts: ReadonlyMap<string, Place>, address: string): Place | undefined {
  for (let at = address, steps = 0; at !== "" && steps < 20; steps++) {
    const found = parts.get(at);
    if (found) return found;
    at = at.slice(0, Math.max(0, at.lastIndexOf("/"), at.lastIndexOf(": "), at.lastIndexOf(" (")));
  }
  return undefined;
}
