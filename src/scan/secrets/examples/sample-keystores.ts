/** Builds key files for examples at run time, so that no key stands in the source. */
import { createHash, createHmac, generateKeyPairSync } from "node:crypto";
import { der, derTags } from "../keystores/der.ts";
import { macKey } from "../keystores/pkcs12.ts";
import { sampleBytes } from "./example-values.ts";

const word = (value: number, bytes: 1 | 2 | 4 = 4): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};
const counted = (content: Buffer, bytes: 2 | 4 = 4): Buffer => Buffer.concat([word(content.length, bytes), content]);
const text = (content: string): Buffer => counted(Buffer.from(content), 2);

export interface SampleJavaKeystore {
  readonly seed: string;
  readonly password: string;
  readonly magic?: number;
  readonly alias?: string;
  /** `none`: only a certificate, as in a trust store. */
  readonly keys?: "one" | "none";
}

export function sampleJavaKeystore(given: SampleJavaKeystore): Buffer {
  const { seed, password, magic = 0xfeedfeed, alias = "server", keys = "one" } = given;
  const certificate = Buffer.concat([text("X.509"), counted(sampleBytes(300, `${seed} certificate`))]);
  const name = Buffer.concat([text(alias), Buffer.alloc(8, 1)]);
  const key = Buffer.concat([word(1), name, counted(sampleBytes(700, seed)), word(1), certificate]);
  const trusted = Buffer.concat([word(2), name, certificate]);
  const body = Buffer.concat([
    word(magic),
    word(2),
    word(keys === "one" ? 2 : 1),
    trusted,
    ...(keys === "one" ? [key] : []),
  ]);
  const spelled = Buffer.from(password, "utf16le").swap16();
  return Buffer.concat([body, createHash("sha1").update(spelled).update("Mighty Aphrodite").update(body).digest()]);
}

const identifier = (hex: string): Buffer => der(derTags.identifier, Buffer.from(hex, "hex"));
const dataType = identifier("2a864886f70d010701");
const encryptedType = identifier("2a864886f70d010706");

/** `bag`: a key in the clear, a locked one, or only an encrypted list of certificates. `host`: whose certificate lies beside it. */
export function samplePkcs12(
  seed: string,
  password: string,
  bag: "open" | "locked" | "none" = "locked",
  host?: string,
): Buffer {
  const content = sampleBytes(900, seed);
  const kind = identifier(bag === "open" ? "2a864886f70d010c0a0101" : "2a864886f70d010c0a0102");
  const inner =
    bag === "none"
      ? der(derTags.sequence, encryptedType, der(derTags.explicit0, der(derTags.sequence, content)))
      : der(
          derTags.sequence,
          dataType,
          der(
            derTags.explicit0,
            der(
              derTags.octets,
              der(derTags.sequence, der(derTags.sequence, kind, der(derTags.explicit0, der(derTags.octets, content)))),
            ),
          ),
        );
  const name = host === undefined ? [] : [identifier("550403"), Buffer.from([0x0c, host.length]), Buffer.from(host)];
  const safe = der(derTags.sequence, inner, ...(host === undefined ? [] : [der(derTags.sequence, ...name)]));
  const salt = sampleBytes(8, `${seed} salt`);
  const rounds = 2048;
  const spelled = Buffer.from(`${password}\0`, "utf16le").swap16();
  const key = macKey({ name: "sha1", length: 20 }, { password: spelled, salt, rounds });
  const digest = createHmac("sha1", key).update(safe).digest();
  const algorithm = der(derTags.sequence, identifier("2b0e03021a"), Buffer.from([5, 0]));
  const mac = der(
    derTags.sequence,
    der(derTags.sequence, algorithm, der(derTags.octets, digest)),
    der(derTags.octets, salt),
    der(derTags.integer, word(rounds, 2)),
  );
  const content0 = der(derTags.sequence, dataType, der(derTags.explicit0, der(derTags.octets, safe)));
  return der(derTags.sequence, der(derTags.integer, Buffer.from([3])), content0, mac);
}

/** A secret key of Ed25519 with its user; `stub`: without its secret part, which lies on a card. */
export function sampleOpenPgp(seed: string, state: "open" | "locked" | "stub" = "open"): Buffer {
  const curve = Buffer.from("2b06010401da470f01", "hex");
  const point = Buffer.concat([word(263, 2), Buffer.from([0x40]), sampleBytes(32, `${seed} public`)]);
  const known = Buffer.concat([Buffer.from([4]), word(1_700_000_000), Buffer.from([22, curve.length]), curve, point]);
  const secret = Buffer.concat([word(255, 2), sampleBytes(32, seed), sampleBytes(2, `${seed} sum`)]);
  const hidden = {
    open: Buffer.concat([Buffer.from([0]), secret]),
    locked: Buffer.concat([Buffer.from([254, 7, 3, 8]), sampleBytes(8, `${seed} salt`), Buffer.from([96]), secret]),
    stub: Buffer.from([254, 7, 101, 0, 0x47, 0x4e, 0x55, 2]),
  }[state];
  const user = Buffer.from("Deploy <deploy@contoso.example>");
  const body = Buffer.concat([known, hidden]);
  return Buffer.concat([Buffer.from([0x95]), counted(body, 2), Buffer.from([0xb4, user.length]), user]);
}

/** A fresh key; the one value that differs from run to run. */
export function sampleDerKey(type: "pkcs8" | "sec1", passphrase?: string): Buffer {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  if (passphrase === undefined) return privateKey.export({ type, format: "der" });
  return privateKey.export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase });
}

/** The key file of the company that wrote SSH first; its name says "encrypted" also where it is not. */
export function sampleSsh2Key(seed: string, cipher: "none" | "3des-cbc"): string {
  const fields = ["if-modn{sign{rsa-pkcs1-sha1},encrypt{rsa-pkcs1v2-oaep}}", cipher].map((one) =>
    counted(Buffer.from(one)),
  );
  const body = Buffer.concat([...fields, counted(sampleBytes(440, seed))]);
  const lines = Buffer.concat([word(0x3f6ff9eb), word(body.length + 8), body]).toString("base64");
  const comment = 'Comment: "1024-bit rsa, deploy, Mon Jan 01 2024"';
  return `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n${comment}\n${lines.replace(/.{70}/g, "$&\n")}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n`;
}
