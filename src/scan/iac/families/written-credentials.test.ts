import assert from "node:assert/strict";
import { test } from "node:test";
import { credentialIn } from "./written-credentials.ts";

/** Made here, so that nobody takes them for real ones. */
const accessKey = `${"AK"}IA${"ABCDEFGHIJKLMNOP"}`;
const secretKey = "aB3/".repeat(10);

test("credentials are found by their look or their name", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    [`export AWS_ACCESS_KEY_ID=${accessKey}`, "an access key of AWS"],
    [`aws_secret_access_key = "${secretKey}"`, "a secret key"],
    [`-----BEGIN ${"RSA PRIVATE"} KEY-----`, "a private key"],
    ["export DB_PASSWORD='winter-is-coming'", "a value of DB_PASSWORD"],
    ["export DB_PASSWORD=$(aws secretsmanager get-secret-value)", undefined],
    [`DB_PASSWORD=\${DB_PASSWORD}`, undefined],
    ["export AWS_DEFAULT_REGION=eu-west-1", undefined],
    [`sha1 ${"a1".repeat(20)}`, undefined],
  ];
  for (const [text, expected] of cases) assert.equal(credentialIn(text), expected, text);
});
