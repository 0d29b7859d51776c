/** The time as the screen shows it. It moves only while somebody asks for it and can see it. */
export class Clock {
  now = $state(Date.now());

  touch(): void {
    this.now = Date.now();
  }

  /** Moves `now` on every second while the page is visible. Returns what stops it. */
  run(): () => void {
    let timer: ReturnType<typeof setInterval> | undefined;
    const follow = (): void => {
      clearInterval(timer);
      this.touch();
      timer = document.hidden ? undefined : setInterval(() => this.touch(), 1_000);
    };
    document.addEventListener('visibilitychange', follow);
    follow();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  }
}
