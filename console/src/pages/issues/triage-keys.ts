/** The keys of the list of issues. */
import type { KeyWords } from "../../ui/key-list.tsx";

export const triageKeys: readonly KeyWords[] = [
  { keys: ["j", "k"], does: "One down, one up" },
  { keys: ["o", "Enter"], does: "Open it beside the list" },
  { keys: ["Esc"], does: "Close it" },
  { keys: ["x"], does: "Choose it, or not" },
  { keys: ["d"], does: "Dismiss what is chosen, or the one at hand" },
  { keys: ["f"], does: "Ask for a fix of what is chosen, or of the one at hand" },
  { keys: ["w"], does: "Make a work item of what is chosen, or of the one at hand" },
  { keys: ["/"], does: "Search" },
  { keys: ["?"], does: "These keys" },
];
