/**
 * How long to wait before coming back: exponential with full jitter, so that a thousand clients cut at the same
 * moment don't return at the same moment (AWS Architecture Blog, "Exponential Backoff And Jitter").
 */
export const BASE_MS = 500;
export const CAP_MS = 20_000;

/** Delay in ms before attempt number `attempt` (0 is the first), given `chance` in [0, 1). */
export function backoffMs(attempt: number, chance: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling * chance);
}
