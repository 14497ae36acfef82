/** The keys of the list of secrets. */
import type { KeyWords } from "../../ui/key-list.tsx";

export const secretKeys: readonly KeyWords[] = [
  { keys: ["j", "k"], does: "One down, one up" },
  { keys: ["o", "Enter"], does: "Open it beside the list" },
  { keys: ["Esc"], does: "Close it" },
  { keys: ["x"], does: "Choose it, or not" },
  { keys: ["r"], does: "Mark as rotated what is chosen, or the one at hand" },
  { keys: ["d"], does: "Dismiss what is chosen, or the one at hand" },
  { keys: ["c"], does: "Ask the providers of what is chosen, or of the one at hand" },
  { keys: ["/"], does: "Search" },
  { keys: ["?"], does: "These keys" },
];
