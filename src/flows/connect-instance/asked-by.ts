/** What public questions to Microsoft are asked with: no credential, and the name of this program. */
import type { AskEntra } from "#azure-devops/entra/ask-entra.ts";
import type { App } from "../app.ts";

export function askedBy({ remote }: Pick<App, "remote">): AskEntra {
  return { addresses: remote.addresses, userAgent: "Sallyport", timeLimit: 10_000 };
}
