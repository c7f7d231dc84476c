import * as pulumi from "@pulumi/pulumi";

let isUsed: boolean | undefined;
let isDecided = false;

/**
 * Has the resources of this program served by the plugin `pulumi-resource-ekm`, which programs in other languages use, in place
 * of the dynamic provider. It is called before the first resource is declared. Resources that state has of the dynamic provider
 * stay what they are: nothing is written on a system for the move. The plugin is to be installed.
 *
 * @param use `false` takes resources that the plugin has served back
 */
export function useNativePlugin(use = true): void {
  if (isDecided && isUsed !== use) {
    throw new pulumi.RunError("useNativePlugin is to be called before the first resource of this package is declared");
  }
  isUsed = use;
}

/** Whether the plugin serves the program's resources. */
export function isNativePluginUsed(): boolean {
  isDecided = true;
  return isUsed === true;
}

/** Whether the program has said who serves its resources: state may have them of the other one. */
export const isMove = (): boolean => isUsed !== undefined;
