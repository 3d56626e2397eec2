import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ServerClock } from "$lib/state/clock.svelte";

const HOUR = 3_600_000;
const TOLD = 1_800_000_000_000;

let clock: ServerClock;

beforeEach(() => {
  vi.useFakeTimers();
  clock = new ServerClock();
});

afterEach(() => void vi.useRealTimers());

test("goes on from what the server said, whatever is done to the device's own clock", () => {
  clock.hear(TOLD);
  vi.setSystemTime(Date.now() + HOUR);
  vi.advanceTimersByTime(2_000);
  expect(clock.now()).toBe(TOLD + 2_000);
  vi.setSystemTime(Date.now() - 5 * HOUR);
  vi.advanceTimersByTime(1_000);
  expect(clock.now()).toBe(TOLD + 3_000);
});

test("of two samples the one that was shorter under way counts", () => {
  clock.hear(TOLD);
  vi.advanceTimersByTime(1_000);
  clock.hear(TOLD + 940);
  expect(clock.now()).toBe(TOLD + 1_000);
  clock.hear(TOLD + 1_030);
  expect(clock.now()).toBe(TOLD + 1_030);
});

test("a device that slept is put right by the next sample", () => {
  clock.hear(TOLD);
  clock.hear(TOLD + HOUR);
  expect(clock.now()).toBe(TOLD + HOUR);
});

test("a new connection begins anew; before anybody told, the device's clock has to do", () => {
  clock.hear(TOLD + HOUR);
  clock.forget();
  expect(clock.now()).toBe(Date.now());
  clock.hear(TOLD);
  clock.hear(undefined);
  expect(clock.now()).toBe(TOLD);
});
