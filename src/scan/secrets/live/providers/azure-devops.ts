import type { LiveProvider } from "../live-provider.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "azure-devops",
    title: "Azure DevOps",
    host: "dev.azure.com",
    trace:
      "The organization's list of a person's tokens shows when the token was last used. Where the token's organization is not known, the one that holds the repository is asked.",
    checks: [
      {
        rules: ["secrets/azure-devops-pat", "secrets/azure-devops-pat-legacy"],
        path: "/{organization}/_apis/connectionData?api-version=7.1-preview",
        carrier: { is: "basic", user: "" },
        headers: { "X-TFS-FedAuthRedirect": "Suppress", "X-VSS-ForceMsaPassThrough": "true" },
        companion: { is: "organization" },
        live: {
          status: 200,
          fields: {
            // Whoever is not signed in has this id where an organization has public projects.
            "authenticatedUser/id": {
              not: ["aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa", "00000000-0000-0000-0000-000000000000"],
            },
            "authenticatedUser/providerDisplayName": { not: ["Anonymous"] },
          },
        },
        doubt: "it may be revoked, or of another organization",
        examples: {
          live: { authenticatedUser: { id: "0b1c2d3e-4f50-4a61-8b72-9c83ad94be05", providerDisplayName: "Ada" } },
        },
      },
    ],
  },
];
