import type { Contender } from "../contender";
import { DynamicProviderPeer } from "./dynamic-provider/contender";
import { ElementSdkPeer } from "./element-sdk/contender";
import { TerraformPeer } from "./terraform/contender";
import { missingTools } from "./terraform/tools";

/** What else a fleet can be set up with. Terraform is left out, with a word on standard error, where it cannot run. */
export async function peers(): Promise<Contender[]> {
  const contenders: Contender[] = [new ElementSdkPeer(), new DynamicProviderPeer(false), new DynamicProviderPeer(true)];
  const missing = await missingTools();
  if (missing.length > 0) {
    console.error(`Leaving out Terraform: not installed here: ${missing.join(", ")}`);
    return contenders;
  }
  return [...contenders, new TerraformPeer()];
}
