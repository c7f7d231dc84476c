import { asText, type Kind } from "../../core/resource/kinds";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isUuid = (value: unknown): value is string => typeof value === "string" && UUID.test(value);

/** How Key Protect tells objects apart. */
export const uuid: Kind<string> = asText((value) =>
  isUuid(value) ? undefined : "must be an ID: a UUID in lower case",
);

const NAME = /^[A-Za-z0-9_-]{2,40}$/;

/** A name of an adapter. */
export const objectName: Kind<string> = asText((value) => {
  if (typeof value !== "string" || !NAME.test(value)) return "must be 2 to 40 letters, digits, - and _";
  return isUuid(value.toLowerCase()) ? "must be no UUID: Key Protect would take it for an ID" : undefined;
});

/** The legible beginning of a name that tells more. */
export const nameBeginning: Kind<string> = asText((value) =>
  typeof value === "string" && /^[A-Za-z0-9_-]{1,17}$/.test(value)
    ? undefined
    : "must be 1 to 17 letters, digits, - and _",
);

/** Which existing object a create takes over. */
export const adoptedName: Kind<string> = asText((value) =>
  value === "match" || isUuid(value)
    ? undefined
    : 'must be the ID of an existing object, or "match" for the one that equals the declared one',
);
