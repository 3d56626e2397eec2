/** What a close code asks of the client: the ranges are PROTOCOL.md's ("Close codes"). */
export const GOING_AWAY = 3001;
export const UNAUTHORIZED = 4500;
export const LOGGED_OUT = 4501;
export const BANNED = 4503;
export const TOO_MANY_SOCKETS = 4509;

/** Codes after which this token, or this account, is of no more use here. */
const SIGNED_OUT = new Set([UNAUTHORIZED, LOGGED_OUT, BANNED]);

const LONGEST_ASKED_MS = 120_000;

export function comesBack(code: number): boolean {
  return !(between(code, 3500, 3999) || between(code, 4500, 4999));
}

export function signsOut(code: number): boolean {
  return SIGNED_OUT.has(code);
}

/**
 * The delay in ms that a draining server asked of this client in the reason of code 3001, or null.
 * Taken: `1500`, `"delay=1500"`, `{"delay": 1500}`, `{"delay_ms": 1500}`.
 */
export function askedDelayMs(code: number, reason: string): number | null {
  if (code !== GOING_AWAY) return null;
  const digits = /\d+(?:\.\d+)?/.exec(reason);
  return digits ? Math.min(Math.round(Number(digits[0])), LONGEST_ASKED_MS) : null;
}

function between(code: number, low: number, high: number): boolean {
  return code >= low && code <= high;
}
