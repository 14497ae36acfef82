/**
 * Strings with the shape of real credentials, made when the seed is built so that none stands in the source.
 * The same name gives the same string, and none of them was ever issued by anybody.
 */
import { createHash, createPrivateKey } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const digits = "0123456789";
const alphanumeric = letters + letters.toLowerCase() + digits;
const base62 = digits + letters + letters.toLowerCase();

export interface PlantedSecrets {
  readonly azureDevOpsPat: string;
  readonly azureStorageKey: string;
  readonly azureStorageConnection: string;
  readonly entraClientSecret: string;
  readonly awsAccessKeyId: string;
  readonly awsSecretAccessKey: string;
  readonly githubToken: string;
  readonly npmToken: string;
  readonly slackBotToken: string;
  readonly stripeSecretKey: string;
  readonly googleApiKey: string;
  readonly jwt: string;
  readonly privateKeyPem: string;
  readonly databasePassword: string;
}

export function plantedSecrets(seed: string): PlantedSecrets {
  const storageKey = azureStorageKey(`${seed}/storage`);
  return {
    azureDevOpsPat: azureDevOpsPat(`${seed}/pat`),
    azureStorageKey: storageKey,
    azureStorageConnection: [
      "DefaultEndpointsProtocol=https",
      "AccountName=brightwaterorders",
      `AccountKey=${storageKey}`,
      "EndpointSuffix=core.windows.net",
    ].join(";"),
    entraClientSecret: `${pick(`${seed}/entra`, 3, alphanumeric)}8Q~${pick(`${seed}/entra-tail`, 34, `${alphanumeric}._-`)}`,
    awsAccessKeyId: ["AK", "IA"].join("") + pick(`${seed}/aws-id`, 16, `${letters}234567`),
    awsSecretAccessKey: pick(`${seed}/aws-secret`, 40, `${alphanumeric}+/`),
    githubToken: withChecksum(["gh", "p_"].join(""), `${seed}/github`),
    npmToken: withChecksum(["np", "m_"].join(""), `${seed}/npm`),
    slackBotToken: [
      ["xo", "xb"].join(""),
      pick(`${seed}/slack-1`, 12, "123456789"),
      pick(`${seed}/slack-2`, 13, "123456789"),
      pick(`${seed}/slack-3`, 24, alphanumeric),
    ].join("-"),
    stripeSecretKey: ["sk", "live", pick(`${seed}/stripe`, 99, alphanumeric)].join("_"),
    googleApiKey: ["AI", "za"].join("") + pick(`${seed}/google`, 35, `${alphanumeric}_-`),
    jwt: jwt(`${seed}/jwt`),
    privateKeyPem: privateKeyPem(`${seed}/key`),
    databasePassword: `${pick(`${seed}/db`, 7, alphanumeric)}!${pick(`${seed}/db-tail`, 9, alphanumeric)}9x`,
  };
}

/** 84 characters: random, the marker of annotated keys, date letters, and the signature of Azure DevOps. */
export function azureDevOpsPat(seed: string): string {
  return [
    pick(`${seed}/head`, 52, alphanumeric),
    ["JQ", "QJ9", "9"].join(""),
    pick(`${seed}/date`, 1, letters),
    pick(`${seed}/month`, 1, "ABCDEFGHIJKL"),
    pick(`${seed}/middle`, 16, alphanumeric),
    ["AZ", "DO"].join(""),
    pick(`${seed}/tail`, 4, alphanumeric),
  ].join("");
}

/** `length` characters of the alphabet, decided by the seed alone. */
function pick(seed: string, length: number, alphabet: string): string {
  let text = "";
  for (let block = 0; text.length < length; block++) {
    for (const byte of createHash("sha512").update(`${seed}#${block}`).digest()) {
      if (text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

function azureStorageKey(seed: string): string {
  const bytes = createHash("sha512").update(seed).digest();
  return bytes.toString("base64");
}

/** GitHub and npm end their tokens with the CRC-32 of the 30 characters before, in six base-62 digits. */
function withChecksum(prefix: string, seed: string): string {
  const body = pick(seed, 30, alphanumeric);
  let rest = crc32(body);
  let tail = "";
  for (let digit = 0; digit < 6; digit++) {
    tail = base62[rest % 62] + tail;
    rest = Math.floor(rest / 62);
  }
  return prefix + body + tail;
}

function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function jwt(seed: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signature = createHash("sha256").update(seed).digest("base64url");
  return `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: "forecast-batch", role: "writer", iat: 1735689600 })}.${signature}`;
}

/** An Ed25519 key whose 32 secret bytes come from the seed, as PKCS #8. */
function privateKeyPem(seed: string): string {
  const secret = createHash("sha256").update(seed).digest();
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), secret]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}
