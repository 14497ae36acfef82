import { camelCase, pascalCase, type Scaffold, sentenceCase } from "./scaffold.ts";

/** A page of the console. */
export const page: Scaffold = (name) => {
  const pascal = pascalCase(name);
  return {
    files: {
      [`console/src/pages/${name}/${name}.tsx`]: `/** ${sentenceCase(name)}. */
import { Title } from "@mantine/core";

export function ${pascal}Page() {
  return <Title order={1}>${sentenceCase(name)}</Title>;
}
`,
    },
    next: [
      "next: add its route to console/src/app.tsx:",
      `  const ${camelCase(name)}Route = createRoute({ getParentRoute: () => signedInRoute, path: "/${name}",`,
      `    component: lazyRouteComponent(() => import("./pages/${name}/${name}.tsx"), "${pascal}Page") });`,
    ].join("\n"),
  };
};
