import { sample } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

const why = "It uses the models on its owner's bill, and reads the organization's files and conversations.";

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/openai-key",
    aliases: ["openai-api-key"],
    title: "OpenAI API key",
    provider: "OpenAI",
    severity: "critical",
    why,
    fix: "Delete the key in the platform's settings, and make one with a budget per project.",
    links: ["https://platform.openai.com/docs/api-reference/authentication"],
    anchors: [{ text: "sk-proj-" }, { text: "sk-svcacct-" }, { text: "sk-admin-" }],
    shape: {
      is: "token",
      parts: [{ oneOf: ["sk-proj-", "sk-svcacct-", "sk-admin-"] }, { alphabet: "base64Url", length: [48, 170] }],
    },
    score: 85,
    minimumEntropy: 3.8,
    examples: {
      bad: () => [`OPENAI_API_KEY=sk-proj-${sample("base62", 74)}T3BlbkFJ${sample("base62", 74, "b")}`],
      good: () => ["OPENAI_API_KEY=sk-proj-...", `OPENAI_API_KEY=sk-proj-${"x".repeat(60)}`],
    },
  },
  {
    id: "secrets/openai-key-legacy",
    aliases: ["openai-api-key"],
    title: "OpenAI API key (older format)",
    provider: "OpenAI",
    severity: "critical",
    why,
    fix: "Delete the key in the platform's settings, and make one with a budget per project.",
    links: ["https://platform.openai.com/docs/api-reference/authentication"],
    anchors: [{ text: "T3BlbkFJ", at: 23 }],
    shape: {
      is: "token",
      parts: [
        { text: "sk-" },
        { alphabet: "base62", length: 20 },
        { text: "T3BlbkFJ" },
        { alphabet: "base62", length: 20 },
      ],
    },
    score: 92,
    examples: {
      bad: () => [`openai.api_key = "sk-${sample("base62", 20)}T3BlbkFJ${sample("base62", 20, "b")}"`],
      good: () => ['openai.api_key = "sk-your-key"'],
    },
  },
  {
    id: "secrets/anthropic-key",
    aliases: ["anthropic-api-key", "anthropic-admin-api-key"],
    title: "Anthropic API key",
    provider: "Anthropic",
    severity: "critical",
    why,
    fix: "Delete the key in the console, and make one per workspace with a spending limit.",
    links: ["https://docs.anthropic.com/en/api/getting-started"],
    anchors: [
      { text: "sk-ant-api03-" },
      { text: "sk-ant-admin01-" },
      { text: "sk-ant-oat01-" },
      { text: "sk-ant-sid01-" },
    ],
    shape: {
      is: "token",
      parts: [
        { oneOf: ["sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-", "sk-ant-sid01-"] },
        { alphabet: "base64Url", length: [80, 120] },
      ],
    },
    score: 90,
    minimumEntropy: 3.8,
    examples: {
      bad: () => [`ANTHROPIC_API_KEY=sk-ant-api03-${sample("base64Url", 93)}AA`],
      good: () => ["ANTHROPIC_API_KEY=sk-ant-api03-your-key"],
    },
  },
  {
    id: "secrets/hugging-face-token",
    aliases: ["huggingface-access-token"],
    title: "Hugging Face token",
    provider: "Hugging Face",
    severity: "high",
    why: "It reads private models and data sets, and with write scope replaces models that others load.",
    fix: "Revoke the token in the settings, and make a fine-grained one.",
    links: ["https://huggingface.co/docs/hub/security-tokens"],
    anchors: [{ text: "hf_" }],
    shape: { is: "token", parts: [{ text: "hf_" }, { alphabet: "letters", length: 34 }] },
    score: 85,
    minimumEntropy: 3.6,
    examples: {
      bad: () => [`HF_TOKEN=hf_${sample("letters", 34)}`],
      good: () => [`HF_TOKEN=hf_${"x".repeat(34)}`],
    },
  },
];
