import { createHash } from "node:crypto";
import { documentedSamples } from "./documented-samples.ts";
import { publishedKeys } from "./published-keys.ts";

/** SHA-256 of values that vendors publish for everybody: no secret, and as hashes no token in our source either. */
const published: Readonly<Record<string, string>> = {
  ...documentedSamples,
  ...publishedKeys,
  "0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059": "key of the Azure Storage emulator",
  aa6547439583c3a275d4542a0df6c1ad6a863971be9f2a2220f027cc02aef615: "key of the Azure Cosmos DB emulator",
  "1a5d44a2dca19669d72edf4c4f1c27c4c1ca4b4408fbb17f6ce4ad452d78ddb3": "key id of the AWS documentation",
  "78314b11be2e581549ac1c4f616563fad3fdf0c3b71678f6e2299182080e0598": "secret key of the AWS documentation",
  e21b597ba6b9cafa59d9ebc4d65c0385f5eb3fa56abab2607fa76589ad849a33: "secret key of the AWS documentation",
  "7f75367e7881255134e1375e723d1dea8ad5f6a4fdb79d938df1f1754a830606": "sample token of jwt.io",
  da816f9f2c16e6c5390e7636cadc40c43551bf0bbcf8f36c65539e6633a9c5e8: "older sample token of jwt.io",
  bc1a50966c9e6486bc4ebf880b51611a2a97fcb8e7a6976e9b81a9e3e8ca0e3c: "test key of Hardhat",
  "60a09e4357868c1e9b801052726d061c370429f723db84523ed58ac354f6eb8a": "test key of Hardhat",
  "8335c55334821eefd4334369ff9c04a8594f161013cf9d87f58802d87297837e": "test key of Hardhat",
  "095101cf732c298a0ce0320b9de704209cdd8640b70d8fdf4e5be51aa2eb272e": "test key of Hardhat",
  "578592185588730b9d10b87e2274706a8301a179cdb60fb4263c788e7e679503": "test key of Ganache",
  "424742fc6538f5e7e01d32ce12784d7a425d342cec188cd00602613843d52946": "test key of Ganache",
  f79cd64f9cea237897b8133e4b905b361c6f166faa5a1c64c32280938f5b707e: "seed phrase of test networks",
  f215faf9d88b7f0a881632ee22459ee452a296c808d261b6cc993d3a1fd0600e: "MD5 of no text",
  "07e23ede2756aa3f5f7cc9759117c4910875e032c27b8556a1e20626224f10ec": "SHA-1 of no text",
  cd372fb85148700fa88095e3492d3f9f5beb43e555e5ff26d95f5a6adc36f8e6: "SHA-256 of no text",
  c557eec878dfd852ba3f88087c4f350f09c55537ab5e549c3cd14320ec3cef38: "seed phrase of test networks",
};

/** Whose published sample the value is; undefined for everything else. */
export function knownPublic(value: string): string | undefined {
  const hash = createHash("sha256").update(value).digest("hex");
  return Object.hasOwn(published, hash) ? published[hash] : undefined;
}
