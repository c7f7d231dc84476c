import type { AnyLifecycle } from "../../../core/lifecycle";
import { isNew, type Named } from "../../../core/ownership";
import { type Line, warning } from "../../../core/plan";
import { type Description, propertiesIn } from "../../../core/resource/description";

/**
 * A lifecycle under an engine that saves state when a run ends: one that is killed has saved nothing. Its checks warn of what the
 * next run could not find by a mark.
 */
export const warningOfUnsaved = (lifecycle: AnyLifecycle, description: Description): AnyLifecycle => ({
  ...lifecycle,
  async check(olds, news, context) {
    const checked = await lifecycle.check(olds, news, context);
    if (!isNew(olds) || checked.failures.length > 0) return checked;
    return { ...checked, lines: [...checked.lines, ...lost(description, checked.inputs)] };
  },
});

function lost(description: Description, { name, autoName, adopt }: Named): Line[] {
  const { inStateAlone } = description;
  if (inStateAlone !== undefined) {
    return [
      warning(
        `PULUMI_SKIP_CHECKPOINTS is set: a run that is killed loses ${inStateAlone}, and the next one makes another; make it in a run without the variable`,
      ),
    ];
  }
  const isMarked = name === undefined || autoName !== undefined || adopt !== undefined;
  if (isMarked || !("autoName" in propertiesIn(description))) return [];
  return [
    warning(
      `PULUMI_SKIP_CHECKPOINTS is set: where the run is killed, nobody knows whose "${name}" is, for an exact name leaves no mark; leave name out, or be ready to set adopt in the next run`,
    ),
  ];
}
