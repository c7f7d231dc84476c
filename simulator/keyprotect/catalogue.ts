import { certificateRoutes } from "./adapters/certificates";
import { adapterRoutes } from "./adapters/collection";
import type { ServiceMethod } from "./http/methods";
import type { Routes } from "./http/route";
import { keyActionRoutes } from "./keys/actions";
import { aliasRoutes } from "./keys/aliases";
import { keyCollectionRoutes } from "./keys/collection";
import { keyRemovalRoutes } from "./keys/removal";
import { keyRingRoutes } from "./keys/rings";
import { singleKeyRoutes } from "./keys/single";
import { objectRoutes } from "./objects/collection";

/** The whole API of an instance: the type makes sure that no call of it is missing. */
export const routes: Routes<ServiceMethod> = {
  ...keyCollectionRoutes,
  ...singleKeyRoutes,
  ...keyActionRoutes,
  ...keyRemovalRoutes,
  ...aliasRoutes,
  ...keyRingRoutes,
  ...adapterRoutes,
  ...certificateRoutes,
  ...objectRoutes,
};
