/** Whether this machine has a Go that builds the client: one that is new enough, or gets itself a newer one. */
export function hasGo(environment?: NodeJS.ProcessEnv): boolean;
