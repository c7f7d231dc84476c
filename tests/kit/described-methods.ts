import { apiOf, describedResources } from "../../tools/docs/apis";

const described = new Map(describedResources());

/** The methods that a resource may call, by its description. */
export function describedMethods(token: string): string[] {
  const [module = "", name] = token.split(":");
  return [...apiOf(module).connecting, ...(described.get(`${module}.${name}`) ?? [])];
}
