import { dirname } from "node:path";

/** Where the sources are, also when their compiled form runs. */
export const CHECKOUT = dirname(require.resolve("pulumi-ekm/package.json"));
