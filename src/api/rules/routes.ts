/** The words of a rule. */
import type { Routes } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import { ruleParams, ruleWords } from "./contract.ts";
import { wordsOf } from "./words-of.ts";

export const ruleRoutes: Routes = (server, { findRule }) => {
  server.get(
    "/api/rules/:id",
    {
      schema: {
        summary: "What a rule finds, why it matters, how to fix it (the id's slash is url-encoded)",
        params: ruleParams,
        response: { 200: ruleWords },
      },
      config: { permission: "read" },
    },
    async ({ params }) => {
      const rule = findRule(params.id);
      if (!rule) throw notFound("rule");
      return wordsOf(rule);
    },
  );
};
