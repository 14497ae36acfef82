import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { secretRules } from "../rules.generated.ts";
import { findCompanion } from "./find-companion.ts";
import { findLiveCheck } from "./find-live-check.ts";
import { liveRequest } from "./live-request.ts";
import { liveProviders } from "./providers.generated.ts";
import { type ProviderAnswer, readVerdict } from "./read-verdict.ts";

const json = (status: number, body: unknown): ProviderAnswer => ({
  status,
  contentType: "application/json",
  body: JSON.stringify(body),
  isCut: false,
});

const challenge = "<!doctype html><title>Just a moment...</title>";

describe("every provider that can be asked", () => {
  const known = new Set<string>(secretRules.map(({ id }) => id));
  for (const provider of liveProviders) {
    it(`${provider.id}: reads its own answers, and believes no other`, () => {
      assert.match(provider.host, /^[a-z0-9.-]+\.[a-z]{2,}$/);
      for (const check of provider.checks) {
        assert.deepEqual(
          check.rules.filter((rule) => !known.has(rule)),
          [],
          "rules that nobody has",
        );
        const verdict = (answer: ProviderAnswer) => readVerdict(provider, check, answer).verdict;
        const { live, notLive = [] } = check;
        assert.equal(verdict(json(live.status, check.examples.live)), "live");
        assert.equal(check.examples.notLive?.length ?? 0, notLive.length, "an example for each marker");
        notLive.forEach((marker, index) => {
          assert.equal(verdict(json(marker.status, check.examples.notLive?.[index])), "not-live");
        });
        const lies: readonly ProviderAnswer[] = [
          json(200, {}),
          json(200, { ok: "true", success: "yes", error: "none" }),
          json(200, []),
          json(401, {}),
          json(403, { message: "Forbidden" }),
          json(422, check.examples.live),
          json(429, check.examples.notLive?.[0] ?? {}),
          json(302, check.examples.live),
          json(503, check.examples.live),
          { status: 403, contentType: "text/html", body: challenge, isCut: false },
          { status: 200, contentType: "text/html", body: challenge, isCut: false },
          { status: 401, contentType: "", body: "", isCut: false },
          { ...json(live.status, check.examples.live), isCut: true },
          { status: 200, contentType: "application/json", body: "[".repeat(60_000), isCut: false },
        ];
        for (const lie of lies) assert.equal(verdict(lie), "unknown", `${lie.status} ${lie.body.slice(0, 60)}`);
      }
    });

    it(`${provider.id}: asks its own host only, and sends the secret once`, () => {
      const value = "k".repeat(40);
      for (const check of provider.checks) {
        const request = liveRequest(provider, check, { value, companion: "corp" });
        assert.ok(request);
        const url = new URL(`https://${request.host}${request.path}`);
        assert.equal(url.host, provider.host);
        assert.doesNotMatch(request.path, /[{}]/);
        const sent = [request.path, ...Object.values(request.headers), request.body ?? ""].flatMap((text) => [
          text,
          Buffer.from(text.replace(/^Basic /, ""), "base64").toString(),
        ]);
        assert.equal(sent.filter((text) => text.includes(value)).length, 1);
      }
    });
  }
});

describe("live requests", () => {
  const telegram = liveProviders.find(({ id }) => id === "telegram");
  const devops = liveProviders.find(({ id }) => id === "azure-devops");

  it("send no value that could leave its place", () => {
    const [check] = telegram?.checks ?? [];
    assert.ok(telegram && check && devops?.checks[0]);
    for (const value of ["1:AA/../x", "1:AA?x=y", "1:AA\r\nHost: evil.example", "", "ä".repeat(30), "k".repeat(5000)]) {
      assert.equal(liveRequest(telegram, check, { value }), undefined);
    }
    for (const companion of [undefined, "", "../x", "a/b", "a?b", "a@evil.example", "a\r\nb"]) {
      assert.equal(liveRequest(devops, devops.checks[0], { value: "k".repeat(52), companion }), undefined);
    }
  });

  it("leave what a rule also finds, and another request would need, unasked", () => {
    const tail = "1".repeat(12);
    assert.equal(findLiveCheck("secrets/slack-token", `xoxr-${tail}`), undefined);
    assert.equal(findLiveCheck("secrets/slack-token", `xoxb-${tail}`)?.provider.id, "slack");
    assert.equal(findLiveCheck("secrets/password", tail), undefined);
    const check = findLiveCheck("secrets/github-app-token", `ghs_${tail}`)?.check;
    assert.equal(check?.path, "/installation/repositories?per_page=1");
  });

  it("take the organization from an address beside the token, the nearest one", () => {
    const find = (text: string) => findCompanion({ is: "organization" }, text, text.indexOf("TOKEN"));
    assert.equal(find("git clone https://x:TOKEN@dev.azure.com/fabrikam/p/_git/r"), "fabrikam");
    assert.equal(
      find("https://old.visualstudio.com/x\n\n\n\nTOKEN https://pkgs.dev.azure.com/contoso/_packaging"),
      "contoso",
    );
    assert.equal(find("TOKEN at https://contoso.visualstudio.com/DefaultCollection"), "contoso");
    assert.equal(
      find("TOKEN for https://dev.azure.com/{organization} or https://app.vssps.visualstudio.com"),
      undefined,
    );
    assert.equal(find("TOKEN https://dev.azure.com.evil.example/corp"), undefined);
  });
});
