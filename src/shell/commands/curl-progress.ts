/** The meter that curl prints on stderr when its output is no terminal; `size` is 0 where nothing came. */
export function progressMeter(size: number): string {
  const empty = '  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
  const length = String(size).padStart(4);
  const speed = `${Math.floor(size / 1.024)}`.padStart(6).slice(0, 6);
  const full = `100 ${length.padStart(5)}  100 ${length.padStart(5)}    0     0 ${speed}      0 --:--:-- --:--:-- --:--:-- ${speed.trim().padStart(5)}`;
  return `${'  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n'}${' '.repeat(33)}Dload  Upload   Total   Spent    Left  Speed\n\r${empty}\r${size === 0 ? empty : full}\n`;
}
