/** The key that signs all tokens of Microsoft Entra ID here, made when first needed and shared by all tenants. */
import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject, sign, verify } from "node:crypto";

interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly kid: string;
}

let made: SigningKey | undefined;

function signingKey(): SigningKey {
  if (!made) {
    const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const der = pair.publicKey.export({ format: "der", type: "spki" });
    made = { ...pair, kid: createHash("sha1").update(der).digest("base64url") };
  }
  return made;
}

export function privateJwk(): JsonWebKey & { readonly kid: string } {
  const { privateKey, kid } = signingKey();
  return { ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
}

export function publicJwk(): JsonWebKey & { readonly kid: string } {
  const { publicKey, kid } = signingKey();
  return { ...publicKey.export({ format: "jwk" }), kid, x5t: kid, use: "sig" };
}

export function signJwt(payload: Readonly<Record<string, unknown>>): string {
  const { privateKey, kid } = signingKey();
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${encode({ typ: "JWT", alg: "RS256", x5t: kid, kid })}.${encode(payload)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
}

/** The claims of a token that this key signed; undefined for anything else. */
export function readSignedJwt(token: string): Readonly<Record<string, unknown>> | undefined {
  const [header = "", payload = "", signature = "", ...rest] = token.split(".");
  if (!signature || rest.length > 0) return undefined;
  const { publicKey } = signingKey();
  if (!verify("RSA-SHA256", Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, "base64url")))
    return undefined;
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Readonly<Record<string, unknown>>;
}
