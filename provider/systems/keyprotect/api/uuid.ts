const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a value is how Key Protect tells instances and objects apart. */
export const isUuid = (value: unknown): value is string => typeof value === "string" && UUID.test(value);
