/**
 * Lets waiting messages in: resolves in a task of its own, after those that are queued already. A timer would do the same
 * 4 ms later each time.
 */
export class Breath {
  private readonly channel = new MessageChannel();
  private readonly waiting: (() => void)[] = [];

  constructor() {
    this.channel.port1.onmessage = () => this.waiting.shift()?.();
  }

  take(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.channel.port2.postMessage(null);
    });
  }

  /** An open channel would keep a Node process alive. */
  close(): void {
    this.channel.port1.close();
  }
}
