import * as pulumi from "@pulumi/pulumi";

/** Whether the values of triggers must not be shown; absent where they may. */
export const secretTriggers = (triggers: pulumi.Input<object> | undefined): Promise<true | undefined> =>
  pulumi.isSecret(pulumi.output(triggers)).then((isSecret) => isSecret || undefined);
