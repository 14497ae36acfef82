/** Seed: a Node service. Planted: AWS keys and an npm token in its history, old lodash and minimist, a GPL package, a risky pipeline. */
import type { SeedRepositoryBuilder } from "../seed-history.ts";

const manifest = `
{
  "name": "@brightwater/checkout-service",
  "version": "2.3.0",
  "private": true,
  "license": "UNLICENSED",
  "scripts": {
    "start": "node src/server.js",
    "test": "node --test"
  },
  "dependencies": {
    "@ckeditor/ckeditor5-core": "35.0.0",
    "aws-sdk": "2.814.0",
    "express": "4.17.1",
    "jsonwebtoken": "8.5.1",
    "left-pad": "1.3.0",
    "lodash": "4.17.15",
    "minimist": "1.2.5"
  }
}
`;

const lock = `
{
  "name": "@brightwater/checkout-service",
  "version": "2.3.0",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "@brightwater/checkout-service",
      "version": "2.3.0",
      "license": "UNLICENSED",
      "dependencies": { "@ckeditor/ckeditor5-core": "35.0.0", "aws-sdk": "2.814.0", "express": "4.17.1", "jsonwebtoken": "8.5.1", "left-pad": "1.3.0", "lodash": "4.17.15", "minimist": "1.2.5" }
    },
    "node_modules/aws-sdk": {
      "version": "2.814.0",
      "resolved": "https://npm.brightwater.example/aws-sdk/-/aws-sdk-2.814.0.tgz",
      "license": "Apache-2.0"
    },
    "node_modules/express": {
      "version": "4.17.1",
      "resolved": "https://npm.brightwater.example/express/-/express-4.17.1.tgz",
      "license": "MIT",
      "dependencies": { "qs": "6.7.0" }
    },
    "node_modules/jsonwebtoken": {
      "version": "8.5.1",
      "resolved": "https://npm.brightwater.example/jsonwebtoken/-/jsonwebtoken-8.5.1.tgz",
      "license": "MIT"
    },
    "node_modules/left-pad": {
      "version": "1.3.0",
      "resolved": "https://npm.brightwater.example/left-pad/-/left-pad-1.3.0.tgz",
      "deprecated": "use String.prototype.padStart()",
      "license": "WTFPL"
    },
    "node_modules/lodash": {
      "version": "4.17.15",
      "resolved": "https://npm.brightwater.example/lodash/-/lodash-4.17.15.tgz",
      "license": "MIT"
    },
    "node_modules/minimist": {
      "version": "1.2.5",
      "resolved": "https://npm.brightwater.example/minimist/-/minimist-1.2.5.tgz",
      "license": "MIT"
    },
    "node_modules/@ckeditor/ckeditor5-core": {
      "version": "35.0.0",
      "resolved": "https://npm.brightwater.example/@ckeditor/ckeditor5-core/-/ckeditor5-core-35.0.0.tgz",
      "license": "GPL-2.0-or-later"
    },
    "node_modules/qs": {
      "version": "6.7.0",
      "resolved": "https://npm.brightwater.example/qs/-/qs-6.7.0.tgz",
      "license": "BSD-3-Clause"
    }
  }
}
`;

const server = `
import express from "express";
import { authorize } from "./authorize.js";
import { charge } from "./payments.js";

const app = express();
app.use(express.json());

app.post("/checkout", authorize, async (request, response) => {
  const receipt = await charge(request.body.card, request.body.amount);
  response.status(201).json(receipt);
});

app.get("/health", (_request, response) => response.json({ ok: true }));

app.listen(process.env.PORT ?? 3000);
`;

export const checkoutService: SeedRepositoryBuilder = (secrets) => ({
  name: "checkout-service",
  project: "Storefront",
  pipeline: "azure-pipelines.yml",
  history: [
    {
      by: "tomas",
      daysAgo: 300,
      message: "Start the checkout service",
      files: {
        "README.md": "# checkout-service\n\nTakes payments for orders.\n",
        ".gitignore": "node_modules/\ncoverage/\n.env\n",
        "package.json": manifest,
        "package-lock.json": lock,
        "src/server.js": server,
        "src/payments.js": `
import AWS from "aws-sdk";

const queue = new AWS.SQS({
  region: "eu-west-1",
  accessKeyId: "${secrets.awsAccessKeyId}",
  secretAccessKey: "${secrets.awsSecretAccessKey}",
});

export async function charge(card, amount) {
  const receipt = { id: crypto.randomUUID(), amount, last4: card.number.slice(-4) };
  await queue.sendMessage({ QueueUrl: process.env.RECEIPTS_QUEUE, MessageBody: JSON.stringify(receipt) }).promise();
  return receipt;
}
`,
      },
    },
    {
      by: "tomas",
      daysAgo: 298,
      message: "Sign sessions",
      files: {
        "src/authorize.js": `
import jwt from "jsonwebtoken";

export function authorize(request, response, next) {
  const token = request.headers.authorization?.replace("Bearer ", "");
  try {
    request.customer = jwt.verify(token, process.env.SESSION_KEY);
    next();
  } catch {
    response.status(401).end();
  }
}
`,
        "test/authorize.test.js": `
import assert from "node:assert/strict";
import { test } from "node:test";
import { authorize } from "../src/authorize.js";

test("a request without a token is refused", () => {
  let status;
  authorize({ headers: {} }, { status: (code) => ((status = code), { end() {} }) }, () => assert.fail());
  assert.equal(status, 401);
});
`,
      },
    },
    {
      by: "ines",
      daysAgo: 260,
      message: "Take AWS credentials from the environment",
      files: {
        "src/payments.js": `
import AWS from "aws-sdk";

const queue = new AWS.SQS({ region: "eu-west-1" });

export async function charge(card, amount) {
  const receipt = { id: crypto.randomUUID(), amount, last4: card.number.slice(-4) };
  await queue.sendMessage({ QueueUrl: process.env.RECEIPTS_QUEUE, MessageBody: JSON.stringify(receipt) }).promise();
  return receipt;
}
`,
      },
    },
    {
      by: "jonas",
      daysAgo: 90,
      message: "Build in the pipeline, with the private registry",
      files: {
        ".npmrc": `@brightwater:registry=https://npm.brightwater.example/\n//npm.brightwater.example/:_authToken=${secrets.npmToken}\n`,
        "azure-pipelines.yml": `
trigger:
  branches:
    include: ["*"]

resources:
  repositories:
    - repository: templates
      type: github
      name: someone-else/pipeline-templates
      endpoint: github
      ref: refs/heads/master

pool:
  name: Default

variables:
  system.debug: true
  DEPLOY_USER: deploy

steps:
  - script: |
      curl -sSL https://get.brightwater.example/install.sh | sudo bash
      npm install
    displayName: Install
  - script: |
      echo "Building $(Build.SourceVersionMessage)"
      npm test
    displayName: Test
    continueOnError: true
  - task: AzureWebApp@1
    inputs:
      azureSubscription: production
      appName: brightwater-checkout
`,
        Dockerfile: `
FROM node:14
WORKDIR /app
COPY . .
RUN npm install --unsafe-perm
USER root
CMD ["node", "src/server.js"]
`,
      },
    },
    {
      by: "jonas",
      daysAgo: 21,
      message: "Retry receipts that were not queued",
      files: {
        "src/retry.js": `
export async function retry(work, attempts = 3) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }
}
`,
      },
    },
  ],
  pullRequests: [
    {
      branch: "feature/refund-notifications",
      title: "Tell the finance channel about refunds",
      description: "Posts to Slack when a refund of more than 100 EUR is made.",
      by: "jonas",
      reviewers: ["tomas", "ines"],
      commits: [
        {
          by: "jonas",
          daysAgo: 3,
          message: "Make refunds",
          files: {
            "src/refunds.js": `
import { notifyFinance } from "./notify-finance.js";

export async function refund(order, amount) {
  const refunded = { order, amount, at: new Date().toISOString() };
  if (amount > 100) await notifyFinance(refunded);
  return refunded;
}
`,
          },
        },
        {
          by: "jonas",
          daysAgo: 3,
          message: "Post large refunds to Slack",
          files: {
            "src/notify-finance.js": `
const slackToken = "${secrets.slackBotToken}";

export async function notifyFinance({ order, amount }) {
  await fetch("https://slack.com/api/chat.postMessage", {
    method: "POST",
    headers: { authorization: \`Bearer \${slackToken}\`, "content-type": "application/json" },
    body: JSON.stringify({ channel: "#finance", text: \`Refund of \${amount} EUR for order \${order}\` }),
  });
}
`,
          },
        },
      ],
    },
  ],
});
