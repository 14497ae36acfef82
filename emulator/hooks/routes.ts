/** Operations of the service hooks area. */
import type { Route } from "../route.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { notificationRoutes } from "./notifications.ts";
import { subscriptionRoutes } from "./subscriptions.ts";
import { testNotificationRoutes } from "./test-notifications.ts";

export const routes: readonly Route[] = [
  ...catalogueRoutes,
  ...subscriptionRoutes,
  ...notificationRoutes,
  ...testNotificationRoutes,
];
