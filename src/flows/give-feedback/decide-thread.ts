/** What must happen to the thread of one finding, as a pure decision. What a person decided in a thread stays. */

export type ThreadAction = "create" | "resolve" | "reactivate" | "none";

/**
 * What is silenced in the code needs no thread of its own. `wontFix`, `byDesign`, `closed` and `pending` are set by people only, and are left alone. `fixed` while the problem is still
 * there is a mistake, or the problem came back: the thread is opened again.
 */
export function decideThread(finding: "open" | "fixed" | "silenced", thread: string | undefined): ThreadAction {
  if (thread === undefined) return finding === "open" ? "create" : "none";
  if (finding === "open") return thread === "fixed" ? "reactivate" : "none";
  return thread === "active" || thread === "unknown" ? "resolve" : "none";
}
