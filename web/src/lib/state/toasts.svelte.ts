/** Short messages at the edge of the screen; each goes by itself. */
export interface Toast {
  key: number;
  text: string;
  tone: "good" | "bad";
}

const SHOWN_MS = 5_000;
const MOST = 3;

let toasts = $state.raw<readonly Toast[]>([]);
let nextKey = 0;

export const shownToasts = {
  get list(): readonly Toast[] {
    return toasts;
  },
};

export function toast(text: string, tone: Toast["tone"] = "good"): void {
  const key = nextKey++;
  toasts = [...toasts.filter((one) => one.text !== text), { key, text, tone }].slice(-MOST);
  setTimeout(() => dismiss(key), SHOWN_MS);
}

export function dismiss(key: number): void {
  toasts = toasts.filter((one) => one.key !== key);
}
