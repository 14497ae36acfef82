import { camelCase, pascalCase, type Scaffold, sentenceCase } from "./scaffold.ts";

/** A resource of the API: its contract and its routes. */
export const route: Scaffold = (name) => {
  const camel = camelCase(name);
  const pascal = pascalCase(name);
  return {
    files: {
      [`src/api/${name}/contract.ts`]: `/** ${sentenceCase(name)}. */
import { type Static, Type } from "typebox";

export const ${camel}Answer = Type.Object({ instances: Type.Integer({ description: "Instances that the asker may see" }) });
export type ${pascal} = Static<typeof ${camel}Answer>;
`,
      [`src/api/${name}/routes.ts`]: `/** ${sentenceCase(name)}. */
import { listInstances } from "#store/instances/instances.ts";
import { type Routes, viewerOf } from "../api-server.ts";
import { ${camel}Answer } from "./contract.ts";

export const ${camel}Routes: Routes = (server, { app }) => {
  server.get(
    "/api/${name}",
    { schema: { summary: "${sentenceCase(name)}", response: { 200: ${camel}Answer } }, config: { permission: "read" } },
    async (request) => ({ instances: (await listInstances(app.db, viewerOf(request).scope)).length }),
  );
};
`,
    },
    next: `next: add ${camel}Routes to \`resources\` in src/api/build-server.ts, then run \`npm test -- src/api\``,
  };
};
