/** Providers of Terraform that need a key of the service they speak to. */
import { value } from "../../condition.ts";
import { type Policy, tf } from "../../policy.ts";

export const policies: readonly Policy[] = [
  {
    id: "iac/bridgecrew-provider-with-token",
    aliases: ["CKV_BCW_1"],
    title: "Token of the security service is written in the provider",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the repository can read and change what the service knows of your weaknesses.",
    fix: "Take the token from the environment variable BRIDGECREW_API_KEY.",
    links: ["https://docs.prismacloud.io/"],
    on: { "tf:provider.bridgecrew": value("token", { edit: false }).absent() },
    examples: {
      bad: [tf('provider "bridgecrew" {\n  token = "not a real one"\n}\n')],
      good: [tf('provider "bridgecrew" {\n  url = "https://service.example"\n}\n')],
    },
  },
];
