/** How far what a pipeline acts as reaches. */
export const reachLabels = {
  project: "Its project",
  organization: "The organization",
  unknown: "Not known",
} as const;
