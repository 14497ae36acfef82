import { createHash } from "node:crypto";

/** SHA-256 of values that vendors publish for everybody: no secret, and as hashes no token in our source either. */
const published: Readonly<Record<string, string>> = {
  "0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059": "key of the Azure Storage emulator",
  aa6547439583c3a275d4542a0df6c1ad6a863971be9f2a2220f027cc02aef615: "key of the Azure Cosmos DB emulator",
  "1a5d44a2dca19669d72edf4c4f1c27c4c1ca4b4408fbb17f6ce4ad452d78ddb3": "key id of the AWS documentation",
  "78314b11be2e581549ac1c4f616563fad3fdf0c3b71678f6e2299182080e0598": "secret key of the AWS documentation",
  e21b597ba6b9cafa59d9ebc4d65c0385f5eb3fa56abab2607fa76589ad849a33: "secret key of the AWS documentation",
  "7f75367e7881255134e1375e723d1dea8ad5f6a4fdb79d938df1f1754a830606": "sample token of jwt.io",
  da816f9f2c16e6c5390e7636cadc40c43551bf0bbcf8f36c65539e6633a9c5e8: "older sample token of jwt.io",
};

/** Whose published sample the value is; undefined for everything else. */
export function knownPublic(value: string): string | undefined {
  const hash = createHash("sha256").update(value).digest("hex");
  return Object.hasOwn(published, hash) ? published[hash] : undefined;
}
