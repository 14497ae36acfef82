/** Where websites and documentation have their texts: Contentful, Sanity, Storyblok, Ghost, ReadMe. */

import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed, mixed } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyContent = "It reads and changes content, also what is not published.";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/contentful-token",
    title: "Contentful management token",
    provider: "Contentful",
    severity: "high",
    why: whyContent,
    fix: "Revoke the token under CMA tokens in the account's settings.",
    links: ["https://www.contentful.com/developers/docs/references/authentication/"],
    token: ["CFPAT-", some("base64Url", 43)],
  }),
  namedRule({
    id: "secrets/contentful-delivery-token",
    aliases: ["contentful-delivery-api-token"],
    title: "Contentful delivery or preview token",
    provider: "Contentful",
    severity: "medium",
    why: "It reads the space's content; a preview token also what is not published.",
    fix: "Delete the API key under Settings > API keys, and make a new one.",
    links: ["https://www.contentful.com/developers/docs/references/authentication/"],
    words: ["contentful"],
    called: "contentful access token",
    token: [some("base64Url", 43)],
  }),
  tokenRule({
    id: "secrets/readme-key",
    aliases: ["readme-api-token"],
    title: "ReadMe API key",
    provider: "ReadMe",
    severity: "medium",
    why: "It reads and changes the documentation that customers trust.",
    fix: "Delete the key in the project's configuration, and make a new one.",
    links: ["https://docs.readme.com/main/reference/authentication"],
    token: ["rdme_", some("lowerAlnum", 70)],
  }),
  tokenRule({
    id: "secrets/sanity-token",
    title: "Sanity token",
    provider: "Sanity",
    severity: "medium",
    why: whyContent,
    fix: "Delete the token under API in the project's settings, and make one with the least permissions.",
    links: ["https://www.sanity.io/docs/http-auth"],
    token: ["sk", some("base62", 80, 180)],
    near: ["sanity"],
  }),
  tokenRule({
    id: "secrets/storyblok-token",
    title: "Storyblok token",
    provider: "Storyblok",
    severity: "medium",
    why: whyContent,
    fix: "Delete the token in the space's settings, and make a new one.",
    links: ["https://www.storyblok.com/docs/"],
    anchors: [{ text: "tt-", at: 22 }],
    token: [some("base62", 22), "tt-", some("digits", 3, 7), "-", some("base64Url", 20)],
  }),
  ...briefNamed([["Storyblok", "www.storyblok.com/docs/", [mixed(22), "tt"]]]),
  tokenRule({
    id: "secrets/ghost-admin-key",
    title: "Ghost admin API key",
    provider: "Ghost",
    severity: "high",
    why: "It writes posts in the site's name, and reads members.",
    fix: "Regenerate the key of the integration.",
    links: ["https://ghost.org/docs/admin-api/"],
    anchors: [],
    token: [some("hexLower", 24), ":", some("hexLower", 64)],
  }),
];
