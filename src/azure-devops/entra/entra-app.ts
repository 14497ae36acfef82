/** The app that the operator registered in Entra, and how it proves itself: by a secret, or by a signature of its certificate. */
import { createHash, createPrivateKey, webcrypto, X509Certificate } from "node:crypto";
import { type ClientAuth, ClientSecretPost, modifyAssertion, PrivateKeyJwt } from "openid-client";
import type { SecretValue } from "#model/secret-value.ts";
import { signInFailed } from "./entra-error.ts";

export interface EntraApp {
  /** "Application (client) ID" of its page in Entra. */
  readonly clientId: string;
  readonly proof:
    | { readonly is: "secret"; readonly value: SecretValue }
    | {
        readonly is: "certificate" /** PEM. */;
        readonly privateKey: SecretValue /** PEM. */;
        readonly certificate: string;
      };
}

/** Certificates sign as Microsoft asks for: PS256, the SHA-256 thumbprint in the header, the token endpoint as audience. */
export async function clientAuthOf({ proof }: EntraApp): Promise<ClientAuth> {
  if (proof.is === "secret") return ClientSecretPost(proof.value.reveal());
  const { key, thumbprint } = await readCertificate(proof.privateKey, proof.certificate);
  return (server, client, body, headers) => {
    const sign = PrivateKeyJwt(key, {
      [modifyAssertion](header, payload) {
        header["x5t#S256"] = thumbprint;
        header.typ = "JWT";
        payload.aud = server.token_endpoint;
      },
    });
    return sign(server, client, body, headers);
  };
}

/** What was pasted may be anything; neither the key nor OpenSSL's remarks on it go into the error. */
async function readCertificate(privateKey: SecretValue, certificate: string) {
  try {
    const readable = createPrivateKey(privateKey.reveal());
    const x509 = new X509Certificate(certificate);
    if (!x509.checkPrivateKey(readable)) throw new Error("not a pair");
    const pkcs8 = readable.export({ type: "pkcs8", format: "der" });
    const key = await webcrypto.subtle.importKey("pkcs8", pkcs8, { name: "RSA-PSS", hash: "SHA-256" }, false, ["sign"]);
    return { key, thumbprint: createHash("sha256").update(x509.raw).digest("base64url") };
  } catch {
    const message = "The certificate and the private key of the app are no pair of an RSA key in PEM.";
    throw signInFailed("app-secret-wrong", message);
  }
}
