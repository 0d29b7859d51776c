/** The time that the screen shows. It advances only while a view needs it and the page is visible. */
export class Clock {
  now = $state(Date.now());

  touch(): void {
    this.now = Date.now();
  }

  /** Advances `now` every second while the page is visible. The returned function stops it. */
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
