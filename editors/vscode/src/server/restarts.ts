// When to start a server again that stopped by itself.

/** Counts how often the server stopped of late. */
export class Restarts {
  private readonly stops: number[] = [];
  private readonly most: number;
  private readonly span: number;

  /** At most `most` starts within `span` milliseconds. */
  constructor(most = 5, span = 3 * 60 * 1000) {
    this.most = most;
    this.span = span;
  }

  /** It stopped at a time, in milliseconds; whether it is to be started again. */
  stopped(now: number): boolean {
    this.stops.push(now);
    while (this.stops.length > 0 && now - (this.stops[0] ?? now) > this.span) this.stops.shift();
    return this.stops.length < this.most;
  }

  /** How often it stopped of late. */
  get count(): number {
    return this.stops.length;
  }

  /** Somebody started it again. */
  forget(): void {
    this.stops.length = 0;
  }
}
