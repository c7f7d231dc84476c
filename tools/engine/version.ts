/** The engine that the installer and the Go modules give. */
export const ENGINE_VERSION = "3.259.0";

/** The oldest engine that serves: the first one to take inputs from a dynamic provider's read. */
export const OLDEST_VERSION = "3.216.0";

/** Whether an engine calling itself `version` serves, as the reason why not. */
export function whyTooOld(version: string): string | undefined {
  const [, major, minor] = parse(version) ?? [];
  const [, servingMajor, servingMinor] = parse(OLDEST_VERSION) ?? [];
  if (major === undefined) {
    return `it calls itself "${version}", which is no version`;
  }
  const serves = major === servingMajor && Number(minor) >= Number(servingMinor);
  return serves ? undefined : `it is ${version}; at least ${OLDEST_VERSION} of major version ${servingMajor} is needed`;
}

const parse = (version: string) => /^(\d+)\.(\d+)\.\d+/.exec(version);
