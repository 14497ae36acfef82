/** Models that speak, hear and draw: ElevenLabs, Deepgram, AssemblyAI, Stability. */

import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed, hex } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyBill = "It uses the service on its owner's bill.";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/elevenlabs-key",
    title: "ElevenLabs API key",
    provider: "ElevenLabs",
    severity: "high",
    why: "It makes speech on its owner's bill, and uses the account's cloned voices.",
    fix: "Delete the key under API Keys, and make one with the least permissions and a credit limit.",
    links: ["https://elevenlabs.io/docs", "https://elevenlabs.io/app/settings/api-keys"],
    token: ["sk_", some("hexLower", 48)],
    score: 80,
  }),
  namedRule({
    id: "secrets/elevenlabs-key-legacy",
    title: "ElevenLabs API key (older format)",
    provider: "ElevenLabs",
    severity: "high",
    why: "It makes speech on its owner's bill, and uses the account's cloned voices.",
    fix: "Delete the key under API Keys, and make a new one.",
    links: ["https://elevenlabs.io/docs"],
    words: ["elevenlabs", "eleven_labs", "xi-api-key", "xi_api_key", "xi_key", "eleven labs"],
    token: [some("hexLower", 32)],
  }),
  // Behind the rule above, which knows the same words: of two that fit equally, the first is told.
  ...briefNamed([
    ["ElevenLabs", "elevenlabs.io/docs/", [hex(32)], ["elevenlabs", "eleven_labs", "xi-api-key"], "older key"],
  ]),
  namedRule({
    id: "secrets/deepgram-key",
    title: "Deepgram API key",
    provider: "Deepgram",
    severity: "high",
    why: whyBill,
    fix: "Delete the key in the project's settings, and make one with the least role and an expiry.",
    links: ["https://developers.deepgram.com/docs", "https://console.deepgram.com"],
    words: ["deepgram"],
    token: [some("hexLower", 40)],
  }),
  namedRule({
    id: "secrets/assemblyai-key",
    title: "AssemblyAI API key",
    provider: "AssemblyAI",
    severity: "high",
    why: "It transcribes on its owner's bill, and reads earlier transcripts.",
    fix: "Delete the key in the dashboard, and make a new one.",
    links: ["https://www.assemblyai.com/docs", "https://www.assemblyai.com/dashboard"],
    words: ["assemblyai", "assembly_ai", "assembly-ai", "assembly ai"],
    token: [some("hexLower", 32)],
  }),
  namedRule({
    id: "secrets/stability-key",
    title: "Stability AI API key",
    provider: "Stability AI",
    severity: "high",
    why: whyBill,
    fix: "Delete the key on the account's keys page, and make a new one.",
    links: ["https://platform.stability.ai/docs/getting-started", "https://platform.stability.ai/account/keys"],
    words: ["stability", "stabilityai", "dreamstudio"],
    token: ["sk-", some("base62", 48)],
  }),
];
