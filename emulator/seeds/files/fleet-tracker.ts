/** Seed of the second organization: an API for positions of trucks. Planted: a query made of text, an image that runs as root. */
import type { SeedRepositoryBuilder } from "../seed-history.ts";

export const fleetTracker: SeedRepositoryBuilder = () => ({
  name: "fleet-tracker",
  project: "Logistics",
  history: [
    {
      by: "freja",
      daysAgo: 120,
      message: "Positions of trucks",
      files: {
        "README.md": "# fleet-tracker\n\nWhere the trucks of Harbourline are.\n",
        "package.json": `
{
  "name": "fleet-tracker",
  "version": "1.0.0",
  "private": true,
  "scripts": { "start": "node src/server.js" },
  "dependencies": { "express": "4.19.2", "pg": "8.11.3" }
}
`,
        "src/server.js": `
import express from "express";
import { positionsOf } from "./positions.js";

const app = express();

app.get("/trucks/:plate/positions", async (request, response) => {
  response.json(await positionsOf(request.params.plate));
});

app.listen(8080);
`,
        "src/positions.js": `
import pg from "pg";

const pool = new pg.Pool();

export async function positionsOf(plate) {
  const found = await pool.query("select * from positions where plate = '" + plate + "' order by at desc");
  return found.rows;
}
`,
      },
    },
    {
      by: "otto",
      daysAgo: 60,
      message: "Run it in a container",
      files: {
        Dockerfile: `
FROM node:latest
WORKDIR /app
COPY . .
RUN npm install
EXPOSE 8080
CMD ["node", "src/server.js"]
`,
      },
    },
    {
      by: "freja",
      daysAgo: 14,
      message: "Answer 404 for trucks that nobody knows",
      files: {
        "src/server.js": `
import express from "express";
import { positionsOf } from "./positions.js";

const app = express();

app.get("/trucks/:plate/positions", async (request, response) => {
  const positions = await positionsOf(request.params.plate);
  if (positions.length === 0) return response.status(404).json({ message: "no such truck" });
  response.json(positions);
});

app.listen(8080);
`,
      },
    },
  ],
});
