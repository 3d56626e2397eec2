import { describe, expect, test } from "vitest";
import { BASE_MS, backoffMs, CAP_MS } from "$lib/wire/backoff";
import { askedDelayMs, comesBack, signsOut } from "$lib/wire/close-codes";

describe("backoff", () => {
  test("doubles its ceiling with each attempt until the cap", () => {
    const ceilings = [0, 1, 2, 3, 20].map((attempt) => backoffMs(attempt, 1));
    expect(ceilings).toEqual([BASE_MS, BASE_MS * 2, BASE_MS * 4, BASE_MS * 8, CAP_MS]);
  });

  test("spreads over the whole range: full jitter", () => {
    expect([0, 0.25, 0.5].map((chance) => backoffMs(3, chance))).toEqual([0, BASE_MS * 2, BASE_MS * 4]);
  });
});

describe("close codes", () => {
  test("come back in 3000-3499 and 4000-4499, and after a cut", () => {
    const codes = [1000, 1006, 2000, 3000, 3001, 3008, 3499, 4000, 4008, 4029, 4499];
    expect(codes.filter(comesBack)).toEqual(codes);
  });

  test("do not come back in 3500-3999 and 4500-4999", () => {
    expect([3500, 3999, 4500, 4501, 4503, 4509, 4999].filter(comesBack)).toEqual([]);
  });

  test("sign out only where the token or the account is the reason", () => {
    expect([3500, 4500, 4501, 4503, 4509].filter(signsOut)).toEqual([4500, 4501, 4503]);
  });

  test.each([
    ["1500", 1500],
    ["delay=1500", 1500],
    ['{"delay": 1500}', 1500],
    ['{"delay_ms":1500.4}', 1500],
    ["99999999", 120_000],
    ["going away", null],
    ["", null],
  ])("3001 with reason %j asks for %s ms", (reason, delay) => {
    expect(askedDelayMs(3001, reason)).toBe(delay);
  });

  test("another code asks for no delay", () => {
    expect(askedDelayMs(3008, "1500")).toBeNull();
  });
});
