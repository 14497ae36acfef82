/** What a call to Azure DevOps is made for. One identity's budget is spent in this order: what people wait for comes first. */
export const purposes = [
  "person",
  "pull-request",
  "push",
  "hooks",
  "sync",
  "preflight",
  "posture",
  "backfill",
] as const;

export type Purpose = (typeof purposes)[number];
