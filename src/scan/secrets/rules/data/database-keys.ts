/** Keys of further databases, search engines, and services that move data, one line each. */
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import {
  type BriefNamed,
  type BriefToken,
  briefNamed,
  briefTokens,
  hex,
  jwt,
  keyOf,
  lower,
  mixed,
  of,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["Airbyte", "reference.airbyte.com/", jwt(100, 800)],
  ["Astronomer", "www.astronomer.io/docs/", jwt(300, 1500)],
  ["Chroma", "docs.trychroma.com/", ["ck-", mixed(44)], ["trychroma", ...keyOf("chroma")]],
  ["Coveo", "docs.coveo.com/", [["xx", "x"], ...uuidParts]],
  ["Deepnote", "deepnote.com/docs/", [hex(64, 128)]],
  [
    "Doofinder",
    "docs.doofinder.com/introduction/authentication",
    [{ optional: [{ oneOf: ["eu1-", "us1-", "ap1-"] }] }, lower(40)],
  ],
  ["Fivetran", "fivetran.com/docs/", [mixed(16, 40)]],
  ["Hasura", "hasura.io/docs/", [mixed(64)]],
  ["Hevo", "api-docs.hevodata.com/", [mixed(20, 64)], ["hevodata", ...keyOf("hevo")]],
  ["Hightouch", "hightouch.com/docs/", [...uuidParts]],
  [
    "Keboola",
    "keboola.docs.apiary.io/",
    [of("digits", 1, 8), "-", of("digits", 3, 9), "-", mixed(40)],
    ["keboola", ...keyOf("kbc")],
  ],
  ["Meilisearch", "www.meilisearch.com/docs", [hex(64)]],
  ["MotherDuck", "motherduck.com/docs/", jwt(150, 500)],
  ["Qdrant", "qdrant.tech/documentation/", jwt(60, 600)],
  ["Qdrant", "qdrant.tech/documentation/", [url(50, 60)], ["qdrant"], "older key"],
  ["Qubole", "docs.qubole.com/", [lower(64)]],
  ["Rockset", "docs.rockset.com/", [mixed(64)]],
  ["Stitch", "www.stitchdata.com/docs/", [hex(35)], ["stitchdata"]],
  ["Swiftype", "swiftype.com/documentation/", [url(20)]],
  ["Treasure Data", "docs.treasuredata.com/", [of("digits", 1, 6), "/", hex(40)], ["treasuredata", ...keyOf("td_api")]],
  ["Typesense", "typesense.org/docs/", [mixed(32, 64)]],
  ["Weaviate", "weaviate.io/developers/", [mixed(36, 50)]],
  ["Zilliz", "docs.zilliz.com/", [hex(72, 100)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["dbt Cloud", "docs.getdbt.com/docs/dbt-cloud-apis/authentication", [["dbtc_", "dbtu_"], url(36, 60)]],
  ["Keboola", "developers.keboola.com/", ["kbc_at_", mixed(20, 120)]],
  ["Tinybird", "www.tinybird.co/docs/", ["p.eyJ", url(30, 300), ".", url(20, 60)]],
  ["turbopuffer", "turbopuffer.com/docs", ["tpuf_", mixed(32)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
