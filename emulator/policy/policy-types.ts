/** The kinds of branch policies that the emulator knows, by the ids that they have everywhere. */
export const policyTypes = {
  status: "cbdc66da-9728-4af8-aada-9a5a32e4a226",
  build: "0609b952-1397-4640-95ec-e00a01b2c241",
  minimumReviewers: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd",
  comments: "c6a1889d-b943-4856-b76f-9e46bb6b0df2",
  requiredReviewers: "fd2167ab-b0be-447a-8ec8-39368250530e",
  workItems: "40e92b44-2fe1-4dd6-b3d8-74a9c21d0c6e",
  mergeStrategy: "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab",
  fileSize: "2e26e725-8201-4edd-8bf5-978563c34a80",
  commitAuthorEmail: "77ed4bd3-b063-4689-934a-175e4d0a78d7",
  credentialScan: "e67ae10f-cf9a-40bc-8e66-6b3a8216956e",
} as const;

export type PolicyKind = keyof typeof policyTypes;

export const policyNames: Readonly<Record<PolicyKind, { readonly displayName: string; readonly description: string }>> =
  {
    status: {
      displayName: "Status",
      description: "This policy will require a successful status to be posted before updating protected refs.",
    },
    build: {
      displayName: "Build",
      description: "This policy will require a successful build has been performed before updating protected refs.",
    },
    minimumReviewers: {
      displayName: "Minimum number of reviewers",
      description:
        "This policy will ensure that a minimum number of reviewers have approved a pull request before completion.",
    },
    comments: { displayName: "Comment requirements", description: "Check if the pull request has any active comments" },
    requiredReviewers: {
      displayName: "Required reviewers",
      description:
        "This policy will ensure that required reviewers are added for modified files matching specified patterns.",
    },
    workItems: {
      displayName: "Work item linking",
      description: "This policy encourages developers to link commits to work items.",
    },
    mergeStrategy: {
      displayName: "Require a merge strategy",
      description: "This policy ensures that pull requests use a consistent merge strategy.",
    },
    fileSize: {
      displayName: "File size restriction",
      description: "This policy will reject pushes to a repository for files which exceed the specified size.",
    },
    commitAuthorEmail: {
      displayName: "Commit author email validation",
      description: "This policy will block pushes whose commit author email does not match the specified patterns.",
    },
    credentialScan: {
      displayName: "Secrets scanning restriction",
      description: "This policy will block pushes that contain secrets.",
    },
  };

export function policyKind(typeId: string): PolicyKind | undefined {
  const wanted = typeId.toLowerCase();
  return (Object.keys(policyTypes) as PolicyKind[]).find((kind) => policyTypes[kind] === wanted);
}
