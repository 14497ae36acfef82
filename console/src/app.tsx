/**
 * The map of the console: every address, what its query part may hold, and which page answers. Longer than other files: it is
 * the one place where all addresses can be read.
 */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ask } from "./api.ts";
import { filtersOf } from "./search-filters.ts";
import { parseSearch, stringifySearch } from "./search-text.ts";
import { NotFound } from "./ui/not-found.tsx";
import { PageFailure } from "./ui/page-failure.tsx";
import { Shell } from "./ui/shell/shell.tsx";

const rootRoute = createRootRouteWithContext<{ readonly client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: PageFailure,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: filtersOf.next,
  component: lazyRouteComponent(() => import("./pages/sign-in/sign-in.tsx"), "SignIn"),
});

const firstStartRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/first-start",
  validateSearch: filtersOf.token,
  component: lazyRouteComponent(() => import("./pages/first-start/first-start.tsx"), "FirstStart"),
});

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(ask.session());
    if (session.user !== null) return;
    if (session.firstStart) throw redirect({ to: "/first-start" });
    throw redirect({ to: "/sign-in", search: { next: location.pathname === "/" ? undefined : location.href } });
  },
  component: Shell,
});

const overviewRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/overview/overview.tsx"), "OverviewPage"),
});

const issuesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/issues",
  validateSearch: filtersOf.issues,
  component: lazyRouteComponent(() => import("./pages/issues/issues.tsx"), "IssuesPage"),
});

const issueRoute = createRoute({
  getParentRoute: () => issuesRoute,
  path: "$issueId",
  component: lazyRouteComponent(() => import("./pages/issues/issue.tsx"), "IssuePane"),
});

const exceptionsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/exceptions",
  validateSearch: filtersOf.exceptions,
  component: lazyRouteComponent(() => import("./pages/exceptions/exceptions.tsx"), "ExceptionsPage"),
});

const secretsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/secrets",
  validateSearch: filtersOf.secrets,
  component: lazyRouteComponent(() => import("./pages/secrets/secrets.tsx"), "SecretsPage"),
});

const secretRoute = createRoute({
  getParentRoute: () => secretsRoute,
  path: "$instanceId/$fingerprint",
  component: lazyRouteComponent(() => import("./pages/secrets/secret.tsx"), "SecretPane"),
});

const rulesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/rules",
  validateSearch: filtersOf.rules,
  component: lazyRouteComponent(() => import("./pages/rules/rules.tsx"), "RulesPage"),
});

// Without it the splat would take the list's own address for a rule without an id.
const noRuleRoute = createRoute({ getParentRoute: () => rulesRoute, path: "/" });

// The id of a rule holds a slash: `/rules/iac/azure-storage-allows-http`.
const ruleRoute = createRoute({
  getParentRoute: () => rulesRoute,
  path: "$",
  component: lazyRouteComponent(() => import("./pages/rules/rule.tsx"), "RulePane"),
});

const fixesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/fixes",
  validateSearch: filtersOf.fixes,
  component: lazyRouteComponent(() => import("./pages/fixes/fixes.tsx"), "FixesPage"),
});

const fixRoute = createRoute({
  getParentRoute: () => fixesRoute,
  path: "$fixId",
  component: lazyRouteComponent(() => import("./pages/fixes/fix.tsx"), "FixPane"),
});

const policiesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/policies",
  validateSearch: filtersOf.ofInstance,
  component: lazyRouteComponent(() => import("./pages/policies/policies.tsx"), "PoliciesPage"),
});

const newPolicyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/policies/new",
  validateSearch: filtersOf.newPolicy,
  component: lazyRouteComponent(() => import("./pages/policies/new-policy.tsx"), "NewPolicyPage"),
});

const gatesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/policies/gates",
  validateSearch: filtersOf.gates,
  component: lazyRouteComponent(() => import("./pages/gates/gates.tsx"), "GatesPage"),
});

const tagsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/policies/tags",
  validateSearch: filtersOf.tags,
  component: lazyRouteComponent(() => import("./pages/policies/tags.tsx"), "TagsPage"),
});

const policyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/policies/$instanceId/$policyId",
  component: lazyRouteComponent(() => import("./pages/policies/policy.tsx"), "PolicyPage"),
});

const workItemsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/work-items",
  validateSearch: filtersOf.workItems,
  component: lazyRouteComponent(() => import("./pages/work-items/work-items.tsx"), "WorkItemsPage"),
});

const workItemRoute = createRoute({
  getParentRoute: () => workItemsRoute,
  path: "$workItemId",
  component: lazyRouteComponent(() => import("./pages/work-items/work-item.tsx"), "WorkItemPane"),
});

const dashboardsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/dashboards",
  validateSearch: filtersOf.dashboards,
  component: lazyRouteComponent(() => import("./pages/dashboards/dashboards.tsx"), "DashboardsPage"),
});

const packagesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/packages",
  validateSearch: filtersOf.packages,
  component: lazyRouteComponent(() => import("./pages/packages/packages.tsx"), "PackagesPage"),
});

const licensesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/packages/licenses",
  validateSearch: filtersOf.licenses,
  component: lazyRouteComponent(() => import("./pages/packages/licenses.tsx"), "LicensesPage"),
});

// The name of a package may hold slashes: `/packages/npm/@types/node`.
const packageRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/packages/$ecosystem/$",
  validateSearch: filtersOf.package,
  component: lazyRouteComponent(() => import("./pages/packages/package.tsx"), "PackagePage"),
});

const postureRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/posture",
  validateSearch: filtersOf.posture,
  component: lazyRouteComponent(() => import("./pages/posture/posture.tsx"), "PosturePage"),
});

const postureFactsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/posture/facts",
  validateSearch: filtersOf.posture,
  component: lazyRouteComponent(() => import("./pages/posture/posture-facts.tsx"), "PostureFactsPage"),
});

const postureRulesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/posture/rules",
  validateSearch: filtersOf.postureRules,
  component: lazyRouteComponent(() => import("./pages/posture/posture-rules.tsx"), "PostureRulesPage"),
});

// As with the rules: their ids hold slashes, and the list has an address of its own.
const noPostureRuleRoute = createRoute({ getParentRoute: () => postureRulesRoute, path: "/" });

const postureRuleRoute = createRoute({
  getParentRoute: () => postureRulesRoute,
  path: "$",
  component: lazyRouteComponent(() => import("./pages/posture/posture-rule.tsx"), "PostureRulePane"),
});

const pipelinesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/pipelines",
  validateSearch: filtersOf.pipelines,
  component: lazyRouteComponent(() => import("./pages/pipelines/pipelines.tsx"), "PipelinesPage"),
});

const pipelineRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/pipelines/$organizationId/$projectId/$definitionId",
  component: lazyRouteComponent(() => import("./pages/pipelines/pipeline.tsx"), "PipelinePage"),
});

const attackPathsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/attack-paths",
  validateSearch: filtersOf.attackPaths,
  component: lazyRouteComponent(() => import("./pages/attack-paths/attack-paths.tsx"), "AttackPathsPage"),
});

const attackPathRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/attack-paths/$organizationId/$pathId",
  validateSearch: filtersOf.attackPath,
  component: lazyRouteComponent(() => import("./pages/attack-paths/attack-path.tsx"), "AttackPathPage"),
});

const pullRequestsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/pull-requests",
  validateSearch: filtersOf.pullRequests,
  component: lazyRouteComponent(() => import("./pages/pull-requests/pull-requests.tsx"), "PullRequestsPage"),
});

const pullRequestRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/pull-requests/$repositoryId/$number",
  component: lazyRouteComponent(() => import("./pages/pull-requests/pull-request.tsx"), "PullRequestPage"),
});

const verdictRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/pull-requests/$repositoryId/$number/$verdictId",
  component: lazyRouteComponent(() => import("./pages/pull-requests/verdict.tsx"), "VerdictPage"),
});

const scansRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/scans",
  validateSearch: filtersOf.scans,
  component: lazyRouteComponent(() => import("./pages/scans/scans.tsx"), "ScansPage"),
});

const scanRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/scans/$scanId",
  component: lazyRouteComponent(() => import("./pages/scans/scan.tsx"), "ScanPage"),
});

const buildsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/builds",
  validateSearch: filtersOf.page,
  component: lazyRouteComponent(() => import("./pages/scans/builds.tsx"), "BuildsPage"),
});

const deliveriesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/deliveries",
  validateSearch: filtersOf.page,
  component: lazyRouteComponent(() => import("./pages/scans/deliveries.tsx"), "DeliveriesPage"),
});

const repositoriesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/repositories",
  validateSearch: filtersOf.repositories,
  component: lazyRouteComponent(() => import("./pages/repositories/repositories.tsx"), "RepositoriesPage"),
});

const importsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/repositories/$repositoryId/imports",
  validateSearch: filtersOf.page,
  component: lazyRouteComponent(() => import("./pages/imports/imports.tsx"), "ImportsPage"),
});

const integrationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings/integrations",
  validateSearch: filtersOf.integrations,
  component: lazyRouteComponent(() => import("./pages/integrations/integrations.tsx"), "IntegrationsPage"),
});

const connectRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings/integrations/new",
  validateSearch: filtersOf.attempt,
  component: lazyRouteComponent(() => import("./pages/connect/connect.tsx"), "ConnectPage"),
});

const instanceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings/integrations/$instanceId",
  validateSearch: filtersOf.instance,
  component: lazyRouteComponent(() => import("./pages/instance/instance.tsx"), "InstancePage"),
});

const entraAppRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings/entra-app",
  component: lazyRouteComponent(() => import("./pages/entra-app/entra-app.tsx"), "EntraAppPage"),
});

const urgencyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings/urgency",
  validateSearch: filtersOf.urgency,
  component: lazyRouteComponent(() => import("./pages/urgency/urgency.tsx"), "UrgencyPage"),
});

const knowledgeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings/advisories",
  component: lazyRouteComponent(() => import("./pages/knowledge/knowledge.tsx"), "KnowledgePage"),
});

const tokensRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings/tokens",
  component: lazyRouteComponent(() => import("./pages/tokens/tokens.tsx"), "TokensPage"),
});

const peopleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings/people",
  component: lazyRouteComponent(() => import("./pages/people/people.tsx"), "PeoplePage"),
});

const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings/audit",
  validateSearch: filtersOf.page,
  component: lazyRouteComponent(() => import("./pages/audit/audit.tsx"), "AuditPage"),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  firstStartRoute,
  signedInRoute.addChildren([
    overviewRoute,
    issuesRoute.addChildren([issueRoute]),
    exceptionsRoute,
    secretsRoute.addChildren([secretRoute]),
    rulesRoute.addChildren([noRuleRoute, ruleRoute]),
    dashboardsRoute,
    workItemsRoute.addChildren([workItemRoute]),
    fixesRoute.addChildren([fixRoute]),
    policiesRoute,
    newPolicyRoute,
    gatesRoute,
    tagsRoute,
    policyRoute,
    packagesRoute,
    licensesRoute,
    packageRoute,
    postureRoute,
    postureFactsRoute,
    postureRulesRoute.addChildren([noPostureRuleRoute, postureRuleRoute]),
    pipelinesRoute,
    pipelineRoute,
    attackPathsRoute,
    attackPathRoute,
    pullRequestsRoute,
    pullRequestRoute,
    verdictRoute,
    scansRoute,
    scanRoute,
    buildsRoute,
    deliveriesRoute,
    repositoriesRoute,
    importsRoute,
    integrationsRoute,
    connectRoute,
    instanceRoute,
    entraAppRoute,
    urgencyRoute,
    knowledgeRoute,
    tokensRoute,
    peopleRoute,
    auditRoute,
  ]),
]);

export function createConsoleRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultErrorComponent: PageFailure,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
