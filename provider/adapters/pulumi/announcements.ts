/** Says a line; one that is `ephemeral` is replaced by the next. */
type Say = (ephemeral: boolean) => void;

/**
 * Lines about what a run will do. A preview keeps them, and in a run that does it what was done takes their place. Whether a
 * process is about a preview may be told later than what there is to announce.
 */
export class Announcements {
  private isPreview?: boolean;
  private readonly held: Say[] = [];

  /** The engine tells which phase this process is of; the first word counts. */
  tell(isPreview: boolean): void {
    this.isPreview ??= isPreview;
    this.release();
  }

  say(line: Say): void {
    this.held.push(line);
    if (this.isPreview !== undefined) this.release();
  }

  /** Says what is still held, and keeps it shown. */
  release(): void {
    for (const line of this.held.splice(0)) line(this.isPreview === false);
  }
}
