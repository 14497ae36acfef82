/** Who may import whom. One table, enforced by test/rooms.test.ts; a room always may import itself. */
export const rooms = {
  model: [],
  scan: ["model"],
  knowledge: ["model"],
  git: ["model"],
  "azure-devops": ["model"],
  store: ["model"],
  flows: ["model", "scan", "knowledge", "git", "azure-devops", "store"],
  api: ["model", "store", "flows"],
  cli: ["model", "scan", "knowledge", "git", "azure-devops", "store", "flows", "api"],
} as const satisfies Record<string, readonly string[]>;

export type Room = keyof typeof rooms;

/** The folders of the room of secrets: each imports, apart from types, only what stands before it. */
export const secretFolders = [
  ...["text", "prefilter", "paths", "assignments", "checks", "scoring", "judgement", "keystores", "readers"],
  ...["examples", "rule-makers", "rule", "rules", "masking", "user-rules", "silencing", "search", "history", "live"],
] as const;
