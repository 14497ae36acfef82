/** Credentials as people recognise them. */
import type { Credential } from "#store/people/credentials.ts";

/** Within a sentence: "the personal access token of Ada Brandt". */
export function credentialWords({ method, accountName }: Pick<Credential, "method" | "accountName">): string {
  switch (method) {
    case "pat":
      return `the personal access token of ${accountName}`;
    case "entra":
      return `the Microsoft Entra sign-in of ${accountName}`;
    case "service-principal":
      return `the service principal ${accountName}`;
    case "managed-identity":
      return `the managed identity ${accountName}`;
  }
}
