import type { XmlElement } from "./xml";

const SECRETS = ["password", "privateKey"];

/** For the log: the parameters of a call by name, lists where a name stands more than once, but for secrets. */
export function maskedParameters(elements: XmlElement[]): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const element of elements) {
    const [name, value] = [element.name, masked(element)];
    params[name] = Object.hasOwn(params, name) ? [params[name], value].flat() : value;
  }
  return params;
}

function masked({ name, children, text }: XmlElement): unknown {
  if (SECRETS.includes(name)) return "***";
  return children.length === 0 ? text : maskedParameters(children);
}
