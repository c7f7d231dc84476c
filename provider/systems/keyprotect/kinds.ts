import { asText, displayName, type Kind, oneOf } from "../../core/resource/kinds";
import { isUuid } from "./api/uuid";

/** How Key Protect tells objects apart. */
export const uuid: Kind<string> = asText((value) =>
  isUuid(value) ? undefined : "must be an ID: a UUID in lower case",
);

/** A text for people, in the length that Key Protect takes. */
const displayed = (least: number, most: number): Kind<string> =>
  asText((value) => {
    const [complaint] = displayName.complaints(value);
    if (complaint !== undefined) return complaint.reason;
    const { length } = String(value);
    return length < least || length > most ? `must have ${least} to ${most} characters` : undefined;
  });

/** The ID or an alias of a key. */
export const keyReference: Kind<string> = asText((value) =>
  typeof value === "string" && /^[A-Za-z0-9_-]{2,90}$/.test(value)
    ? undefined
    : "must be the ID or an alias of a key: 2 to 90 letters, digits, - and _",
);

/** A name of a key, which need not be unique. */
export const keyName = displayed(2, 90);

const someDescription = displayed(2, 240);

/** What an object is for. An empty text is none: so Key Protect tells of an object without one. */
export const description: Kind<string> = {
  ...someDescription,
  complaints: (value) => (value === "" ? [] : someDescription.complaints(value)),
};

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

/** What a destroy does with an adapter while clients have keys in it. */
export const adapterFate = oneOf("refuse", "destroyKeys", "keep");
