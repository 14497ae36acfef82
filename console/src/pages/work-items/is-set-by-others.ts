/** Fields that Sallyport fills in, that Boards fills in, or that have a place of their own in the form. */
const names: ReadonlySet<string> = new Set([
  "System.Title",
  "System.Description",
  "System.State",
  "System.Reason",
  "System.AreaPath",
  "System.AreaId",
  "System.IterationPath",
  "System.IterationId",
  "System.WorkItemType",
  "System.TeamProject",
  "System.AssignedTo",
  "System.Tags",
  "System.History",
  "Microsoft.VSTS.TCM.ReproSteps",
]);

export function isSetByOthers(referenceName: string): boolean {
  return names.has(referenceName);
}
