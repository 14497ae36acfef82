/** Google: Cloud, Gemini, OAuth, Firebase. */
import { sample, sampleRsaPem } from "../../examples/example-values.ts";
import { writtenBeside } from "../../examples/example-writings.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const provider = "Google Cloud";
const oauth = "https://developers.google.com/identity/protocols/oauth2";

const googleKey = ["AIza", some("base64Url", 35)];

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/gcp-service-account-key",
    aliases: ["gcp-service-account"],
    title: "Key of a Google Cloud service account",
    provider,
    severity: "critical",
    why: "The file signs in as the service account from anywhere; such keys do not expire.",
    fix: "Delete the key of the service account, and use workload identity federation or an attached service account.",
    links: ["https://cloud.google.com/iam/docs/keys-create-delete"],
    anchors: [{ text: '"private_key"' }],
    shape: { is: "reader", reader: "service-account" },
    score: 96,
    examples: {
      bad: (seed) => {
        const key = {
          type: "service_account",
          private_key_id: sample("hexLower", 40, seed),
          private_key: sampleRsaPem(seed),
          client_email: "ci@site.iam.gserviceaccount.com",
        };
        return [
          { path: "key.json", text: JSON.stringify(key, null, 2) },
          { path: "config/app.json", text: JSON.stringify({ google: key }) },
        ];
      },
      good: () => [
        {
          path: "key.json",
          text: '{ "type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nREDACTED\\n-----END PRIVATE KEY-----" }',
        },
        {
          path: "key.json",
          text: '{ "type": "service_account", "private_key": "", "client_email": "a@b.iam.gserviceaccount.com" }',
        },
      ],
    },
  },
  tokenRule({
    id: "secrets/google-page-key",
    aliases: ["gcp-api-key"],
    title: "Google API key of a page or an app",
    provider,
    severity: "low",
    why: "Firebase and Maps show it by design. Unless it is restricted to referrers or apps, whoever has it uses the APIs (also Gemini) on its owner's bill.",
    fix: "Restrict the key to what it is for: pages or apps, and the APIs that they call.",
    links: [
      "https://firebase.google.com/docs/projects/api-keys",
      "https://developers.google.com/maps/api-security-best-practices",
    ],
    family: "secrets/gcp-api-key",
    token: googleKey,
    near: ["authdomain", "maps/api/js", "geo.api_key", "maps.v2.api_key", "current_key", "gcm_sender_id"],
    score: 80,
    examples: {
      bad: (seed) => [
        {
          path: "src/site.js",
          text: `const firebaseConfig = {\n  apiKey: "AIza${sample("base64Url", 35, seed)}",\n  authDomain: "shop.firebaseapp.com",\n`,
        },
        `<script src="https://maps.googleapis.com/maps/api/js?key=AIza${sample("base64Url", 35, seed)}&callback=go">`,
        {
          path: "AndroidManifest.xml",
          text: `<meta-data android:name="com.google.android.geo.API_KEY" android:value="AIza${sample("base64Url", 35, seed)}"/>`,
        },
        {
          path: "google-services.json",
          text: `{"api_key": [{"current_key": "AIza${sample("base64Url", 35, seed)}"}]}`,
        },
      ],
    },
  }),
  tokenRule({
    id: "secrets/gcp-api-key",
    aliases: ["gcp-api-key"],
    title: "Google API key",
    provider,
    severity: "medium",
    why: "Unless it is restricted to referrers, apps or addresses, whoever has it uses the APIs (also Gemini) on its owner's bill.",
    fix: "Restrict the key to what it is for, or replace it; keep unrestricted keys out of the repository.",
    links: ["https://cloud.google.com/docs/authentication/api-keys"],
    token: googleKey,
    score: 80,
    examples: { good: () => ["AIzaShort"] },
  }),
  tokenRule({
    id: "secrets/gemini-key",
    title: "Gemini API key",
    provider,
    severity: "high",
    why: "It runs models on its owner's bill.",
    fix: "Delete the key in AI Studio, and keep a new one in a secret variable.",
    links: ["https://ai.google.dev/gemini-api/docs/api-key", "https://aistudio.google.com/apikey"],
    token: ["AQ.Ab8", some("base64Url", 40, 60)],
  }),
  tokenRule({
    id: "secrets/google-oauth-client-secret",
    aliases: ["google-oauth-client-secret"],
    title: "Google OAuth client secret",
    provider,
    severity: "high",
    why: "With the client id it asks for tokens in the application's name.",
    fix: "Reset the secret in the Google Cloud console, and load it from a vault.",
    links: [oauth],
    token: ["GOCSPX-", some("base64Url", 28)],
    checks: [{ is: "no-words" }],
    examples: { good: () => ['client_secret: "GOCSPX-your-client-secret-here-00000"'] },
  }),
  tokenRule({
    id: "secrets/google-oauth-access-token",
    title: "Google OAuth access token",
    provider,
    severity: "medium",
    why: "For an hour it is the account it was made for.",
    fix: "Revoke it (oauth2.googleapis.com/revoke), and find the place that writes tokens down.",
    links: [oauth],
    token: ["ya29.", some("dotted", 30, 1024)],
    checks: [{ is: "no-words" }],
    value: (seed) => `ya29.${sample("base62", 180, seed)}`,
  }),
  tokenRule({
    id: "secrets/google-oauth-refresh-token",
    title: "Google OAuth refresh token",
    provider,
    severity: "high",
    why: "With the client's id and secret it fetches access tokens for ever.",
    fix: "Revoke it (oauth2.googleapis.com/revoke) or remove the app's access in the Google account.",
    links: [oauth],
    token: ["1//0", some("base64Url", 40, 512)],
    value: (seed) => `1//0${sample("base62", 98, seed)}`,
  }),
  tokenRule({
    id: "secrets/gcs-hmac-key",
    title: "HMAC key id of Google Cloud Storage",
    provider,
    severity: "high",
    why: "The id names an account and a key; its secret half, which reads and writes buckets, usually stands nearby.",
    fix: "Deactivate and delete the HMAC key in the storage settings, and use service account credentials.",
    links: ["https://cloud.google.com/storage/docs/authentication/hmackeys"],
    token: ["GOOG", some("upperAlnum", 20), { optional: [some("upperAlnum", 37)] }],
    score: 72,
    value: (seed) => `GOOG1E${sample("upperAlnum", 55, seed)}`,
    examples: {
      bad: (seed) => writtenBeside("gcs access key", `GOOG${sample("upperAlnum", 20, seed)}`),
      good: () => ["GOOGLEAPPLICATIONCREDENTIALS"],
    },
  }),
  {
    id: "secrets/gcs-hmac-secret",
    aliases: [],
    title: "HMAC secret of Google Cloud Storage",
    provider,
    severity: "critical",
    why: "With its id it reads and writes buckets over the S3-like interface.",
    fix: "Deactivate and delete the HMAC key in the storage settings, and use service account credentials.",
    links: ["https://cloud.google.com/storage/docs/authentication/hmackeys"],
    anchors: [{ text: "GOOG1E" }],
    shape: { is: "near", parts: [some("base64", 40)], before: 160, after: 240, mixed: true },
    context: { words: ["secret", "key", "goog1e"], before: 160, after: 0, required: true },
    score: 65,
    minimumEntropy: 4.2,
    examples: {
      bad: (seed) => [
        `hmac of goog1e storage: key GOOG1E, secret: "${sample("base62", 40, seed)}"`,
        `GOOG1E... secret ${sample("base62", 40, seed)}`,
      ],
      good: (seed) => [`key GOOG1E\nsha: "${sample("hexLower", 40, seed)}"`, "GOOG1E with its secret"],
    },
  },
  tokenRule({
    id: "secrets/firebase-messaging-key",
    title: "Firebase Cloud Messaging server key",
    provider,
    severity: "high",
    why: "It sends notifications to every installation of the app.",
    fix: "Delete the server key in the Firebase console, and move to the HTTP v1 interface with short-lived tokens.",
    links: ["https://firebase.google.com/docs/cloud-messaging"],
    anchors: [{ text: ":APA91", at: 11 }],
    token: ["AAAA", some("base64Url", 7), ":APA91", some("base64Url", 100, 160)],
    value: (seed) => `AAAA${sample("base62", 7, seed)}:APA91${sample("base62", 134, seed)}`,
  }),
  namedRule({
    id: "secrets/firebase-rtdb-secret",
    title: "Secret of a Firebase Realtime Database",
    provider: "Firebase",
    severity: "high",
    why: "It reads and writes the whole database, past all its rules.",
    fix: "Revoke the secret under Project settings > Service accounts > Database secrets, and use service accounts.",
    links: ["https://firebase.google.com/docs/database/rest/auth"],
    words: ["firebase", "firebaseio"],
    called: "firebase secret",
    token: [some("base62", 40)],
    mixed: true,
    examples: {
      bad: (seed) => [`curl "https://contoso.firebaseio.com/users.json?auth=${sample("base62", 40, seed)}"`],
    },
  }),
];
