/** Whether an API version is at least another one: numbers, with points between. */
export function isAtLeast(apiVersion: string, wanted: string): boolean {
  const [given, least] = [apiVersion, wanted].map((text) => text.split(".").map(Number));
  for (const [index, part] of (least ?? []).entries()) {
    const own = given?.[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

/** vSphere Trust Authority came with 7.0 and went with 9.0. */
export const hasTrustAuthority = (apiVersion: string): boolean =>
  isAtLeast(apiVersion, "7.0") && !isAtLeast(apiVersion, "9.0");

/** Since then a client certificate and a request can be asked for with a subject of one's own. */
export const takesSubject = (apiVersion: string): boolean => isAtLeast(apiVersion, "8.0.1");

export const isApiVersion = (text: string): boolean => /^\d+\.\d+(\.\d+){0,2}$/.test(text);
