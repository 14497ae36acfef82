import assert from "node:assert/strict";
import { test } from "node:test";
import { deliveryMode } from "./delivery-mode.ts";

function mode(
  publicUrl: string,
  more: { readonly azureDevOpsUrl?: string; readonly azureDevOpsServerUrl?: string } = {},
) {
  return deliveryMode({ hooks: "auto", publicUrl, ...more }).is;
}

test("Azure DevOps reaches public https addresses", () => {
  for (const url of ["https://sallyport.example", "https://20.40.60.80:8443/scan", "https://[2603:1020::7]"]) {
    assert.equal(mode(url), "hooks", url);
  }
});

test("where it cannot come, there is polling, and why", () => {
  const unreachable = [
    "http://127.0.0.1:8700",
    "https://localhost",
    "https://10.1.2.3",
    "https://172.20.0.1",
    "https://192.168.1.10",
    "https://169.254.10.1",
    "https://100.100.0.1",
    "https://[::1]",
    "https://[fd00::1]",
    "https://[fe80::1]",
    "https://sallyport",
    "https://sallyport.internal",
    "http://sallyport.example",
  ];
  for (const url of unreachable) {
    const delivery = deliveryMode({ hooks: "auto", publicUrl: url });
    assert(delivery.is === "polling", url);
    assert.match(delivery.because, /\.$/);
  }
});

test("what stands in the same network reaches private addresses, and this machine if it is here too", () => {
  const here = "http://127.0.0.1:4000";
  assert.equal(mode("http://127.0.0.1:8700", { azureDevOpsUrl: here }), "hooks");
  assert.equal(mode("https://10.1.2.3", { azureDevOpsServerUrl: "https://tfs.example/tfs" }), "hooks");
  assert.equal(mode("http://127.0.0.1:8700", { azureDevOpsServerUrl: "https://tfs.example/tfs" }), "polling");
});

test("hooks can be switched off", () => {
  const delivery = deliveryMode({ hooks: "off", publicUrl: "https://sallyport.example" });
  assert.deepEqual(delivery, { is: "polling", because: "SALLYPORT_HOOKS is off." });
});
