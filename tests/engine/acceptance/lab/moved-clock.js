// Required before anything else in every Node process of a run: moves its clock by CLOCK_OFFSET_MS.
const offset = Number(process.env.CLOCK_OFFSET_MS);
const SystemDate = Date;

globalThis.Date = class extends SystemDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [SystemDate.now() + offset] : parts));
  }

  static now() {
    return SystemDate.now() + offset;
  }
};
